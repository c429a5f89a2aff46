import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';

const HERE = 'localhost,127.0.0.1,::1';
const kept = { keepAlive: true, maxSockets: 64, timeout: 0 } as const;

export interface Agents {
  readonly http: HttpAgent;
  readonly https: HttpsAgent;
}

/**
 * How connections are made: `setting` is the address of an HTTP proxy, `none`, or empty for what HTTPS_PROXY,
 * HTTP_PROXY and NO_PROXY say. This machine itself is never asked for through the proxy of the setting.
 */
export function agentsFor(setting: string, environment: NodeJS.ProcessEnv = process.env): Agents {
  const proxyEnv = proxyVariables(setting, environment);
  return { http: new HttpAgent({ ...kept, proxyEnv }), https: new HttpsAgent({ ...kept, proxyEnv }) };
}

function proxyVariables(setting: string, environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  if (setting === 'none') return {};
  if (setting) return { HTTP_PROXY: setting, HTTPS_PROXY: setting, NO_PROXY: HERE };
  const { HTTP_PROXY, HTTPS_PROXY, NO_PROXY, http_proxy, https_proxy, no_proxy } = environment;
  return { HTTP_PROXY, HTTPS_PROXY, NO_PROXY, http_proxy, https_proxy, no_proxy };
}

/** Keeps connections open between questions; the setting may change at any time. */
export class Connections {
  private readonly setting: () => string;
  private present: { readonly setting: string; readonly agents: Agents } | undefined;

  constructor(setting: () => string) {
    this.setting = setting;
  }

  get(): Agents {
    const setting = this.setting();
    if (this.present?.setting !== setting) {
      this.close();
      this.present = { setting, agents: agentsFor(setting) };
    }
    return this.present.agents;
  }

  close(): void {
    // Questions under way fail, and are asked again on the new way.
    this.present?.agents.http.destroy();
    this.present?.agents.https.destroy();
    this.present = undefined;
  }
}
