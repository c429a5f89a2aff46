import type { KnownTool, ServerEntry } from './server-entry.ts';
import { fullToolName } from './server-tool.ts';
import { keptPhrase } from './tool-phrase.ts';

type Described = Omit<KnownTool, 'permission' | 'phrase'>;

/**
 * What is known of a server after it told its tools anew. A tool that is described otherwise than before is another
 * tool: what was allowed of it no longer is.
 */
export function learnedTools(
  before: ServerEntry,
  told: readonly Described[],
): Pick<ServerEntry, 'tools' | 'alwaysAllow'> {
  const tools = told.map((tool) => {
    const known = before.tools.find((other) => other.name === tool.name);
    const isKept = known && (isSame(tool, known) || known.permission === 'never');
    const { parameters } = tool;
    const phrase = known && keptPhrase({ phrase: known.phrase, parameters }) ? known.phrase : '';
    return { ...tool, phrase, permission: isKept ? known.permission : ('ask' as const) };
  });
  const isOther =
    before.tools.length > 0 && !told.every((tool) => before.tools.some((other) => isSame(tool, other)));
  return { tools, alwaysAllow: before.alwaysAllow && !isOther };
}

function isSame(one: Described, other: Described): boolean {
  return (
    one.name === other.name &&
    one.description === other.description &&
    JSON.stringify(one.parameters) === JSON.stringify(other.parameters)
  );
}

/** The full names of all tools, by `server id/tool name`; no two are alike. */
export function fullToolNames(entries: readonly ServerEntry[]): Map<string, string> {
  const taken = new Set<string>();
  const names = new Map<string, string>();
  for (const entry of entries) {
    for (const { name } of entry.tools) {
      const fullName = fullToolName(entry.name, name, taken);
      taken.add(fullName);
      names.set(`${entry.id}/${name}`, fullName);
    }
  }
  return names;
}
