import { Agent, EnvHttpProxyAgent, type Dispatcher } from 'undici';

const HERE = 'localhost,127.0.0.1,::1';
/** Stalls are noticed by whoever reads (http-client.ts). */
const patience = { headersTimeout: 0, bodyTimeout: 0, connect: { timeout: 30_000 } };

/**
 * How connections are made: `setting` is the address of an HTTP proxy, `none`, or empty for what HTTPS_PROXY,
 * HTTP_PROXY and NO_PROXY say. This machine itself is never asked for through the proxy of the setting.
 */
export function connectionsFor(setting: string, environment: NodeJS.ProcessEnv = process.env): Dispatcher {
  if (setting === 'none') return new Agent(patience);
  const proxy = (name: string) => environment[name.toLowerCase()] || environment[name] || '';
  const httpProxy = setting || proxy('HTTP_PROXY');
  const httpsProxy = setting || proxy('HTTPS_PROXY') || proxy('HTTP_PROXY');
  if (!httpProxy && !httpsProxy) return new Agent(patience);
  const noProxy = setting ? HERE : proxy('NO_PROXY');
  return new EnvHttpProxyAgent({ ...patience, httpProxy, httpsProxy, noProxy });
}

/** Keeps connections open between questions; the setting may change at any time. */
export class Connections {
  private readonly setting: () => string;
  private kept: { readonly setting: string; readonly dispatcher: Dispatcher } | undefined;

  constructor(setting: () => string) {
    this.setting = setting;
  }

  get(): Dispatcher {
    const setting = this.setting();
    if (this.kept?.setting !== setting) {
      this.close();
      this.kept = { setting, dispatcher: connectionsFor(setting) };
    }
    return this.kept.dispatcher;
  }

  close(): void {
    // Questions under way fail, and are asked again on the new way.
    this.kept?.dispatcher.destroy().catch(() => {});
    this.kept = undefined;
  }
}
