import { ProxyAgent, type Dispatcher } from 'undici';

/** The HTTP proxy that the person set, if any; one connection pool for each address, kept while it is set. */
export function pageProxy(setting: () => string): () => Dispatcher | undefined {
  let kept: { readonly address: string; readonly dispatcher: ProxyAgent } | undefined;
  return () => {
    const address = setting();
    if (kept?.address === address) return kept.dispatcher;
    kept?.dispatcher.destroy().catch(() => {});
    kept = address && address !== 'none' ? { address, dispatcher: new ProxyAgent(address) } : undefined;
    return kept?.dispatcher;
  };
}
