import type { Assistant } from '../contract/assistant-contract.ts';
import type { AssistantParts } from './assistant-parts.ts';

const DEFAULT_PASSAGES = 5;

/** The calls about tools that reach beyond Sotto: sources, servers of tools, the person's files. */
export function toolService({ toolParts, background, openLink }: AssistantParts) {
  const { servers, knowledge } = toolParts;
  return {
    openLink: async ({ address }, signal) => openLink(address, signal),
    cancelTool: async ({ callId }) => void background.cancel(callId),

    listToolServers: async () => servers.list(),
    addToolServer: async ({ name, transport }) => ({
      serverId: servers.add(
        name,
        transport.kind === 'stdio'
          ? { ...transport, arguments: transport.arguments ?? [], environment: transport.environment ?? {} }
          : { ...transport, headers: transport.headers ?? {} },
      ),
    }),
    importToolServers: async ({ text }) => ({ names: servers.import(text) }),
    removeToolServer: async ({ serverId }) => servers.remove(serverId),
    setToolServerEnabled: async ({ serverId, enabled, fingerprint }, signal) =>
      servers.setEnabled(serverId, enabled, fingerprint, signal),
    testToolServer: async ({ serverId, fingerprint }, signal) => servers.test(serverId, fingerprint, signal),
    setToolPermission: async ({ serverId, tool, permission }) =>
      servers.setPermission(serverId, tool, permission),
    setToolPhrase: async ({ serverId, tool, phrase }) => servers.setPhrase(serverId, tool, phrase),
    setToolServerTrust: async ({ serverId, alwaysAllow }) => servers.setAlwaysAllow(serverId, alwaysAllow),

    getKnowledge: async () => knowledge.status(),
    addKnowledgeFolder: async ({ path }) => knowledge.add(path),
    removeKnowledgeFolder: async ({ path }) => knowledge.remove(path),
    refreshKnowledge: async () => {
      await knowledge.refresh();
      return knowledge.status();
    },
    searchKnowledge: async ({ query, limit = DEFAULT_PASSAGES }, signal) =>
      knowledge.search(query, limit, toolParts.judge, signal),
  } satisfies Partial<Assistant>;
}
