import { settings as settingsSchema, type Settings, type SettingsPatch } from '../../contract/settings.ts';
import { exitCodes, runWithAssistant } from '../command-runtime.ts';
import { readStandardInput } from '../standard-input.ts';
import { printRows } from '../table.ts';

/** Kept apart from the settings, and read from standard input so that no shell remembers it. */
const KEY = 'remote.key';

/** `sotto settings`: all of them; one by its name, such as `remote.url`; or a new value for it. */
export function settings(
  name: string | undefined,
  value: string | undefined,
  options: { json: boolean },
): Promise<void> {
  return runWithAssistant({ loadModel: false }, async ({ assistant }, signal) => {
    const before = await assistant.getState({}, signal);
    if (name !== undefined && value !== undefined) {
      if (name === KEY) {
        if (value !== '-' && value !== '')
          return wrong(`Give the key on standard input: sotto settings ${KEY} -`);
        await assistant.setRemoteKey({ key: value === '-' ? await readStandardInput() : '' }, signal);
      } else {
        const patch = patchOf(before.settings, name, value);
        if (!patch) return wrong(`There is no setting ${name} that can be ${JSON.stringify(value)}.`);
        await assistant.updateSettings(patch, signal);
      }
    }
    const { settings: now, hasRemoteKey, model } = await assistant.getState({}, signal);
    const all = [...flattened(now), [KEY, hasRemoteKey ? '(kept)' : '']] as const;
    const shown = all.filter(([one]) => name === undefined || one === name || one.startsWith(`${name}.`));
    if (shown.length === 0) return wrong(`There is no setting ${String(name)}.`);
    const rows = shown.map(([one, found]) => ({ name: one, value: found }));
    const printed = rows.map((row) => ({ ...row, value: options.json ? row.value : asText(row.value) }));
    printRows(printed, ['name', 'value'], options.json, '');
    if (name === 'engine.kind' && model.remoteHost) {
      process.stderr.write(`From now on what you say goes to ${model.remoteHost}.\n`);
    }
    return exitCodes.ok;
  });
}

/** Every single setting with its dotted name; lists are values. */
function flattened(group: object, prefix = ''): (readonly [name: string, value: unknown])[] {
  return Object.entries(group).flatMap(([key, value]): (readonly [string, unknown])[] =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? flattened(value, `${prefix}${key}.`)
      : [[`${prefix}${key}`, value]],
  );
}

/** Undefined where the name or the value is none. Groups are changed whole. */
export function patchOf(present: Settings, name: string, text: string): SettingsPatch | undefined {
  const [group = '', key, ...deeper] = name.split('.');
  const held = (present as unknown as Record<string, unknown>)[group];
  if (held === undefined || deeper.length > 0) return undefined;
  const isGroup = typeof held === 'object' && held !== null && !Array.isArray(held);
  if (isGroup !== (key !== undefined)) return undefined;
  const before = isGroup ? (held as Record<string, unknown>)[key as string] : held;
  const value = valueOf(before, text);
  if (value === undefined) return undefined;
  const change = { [group]: isGroup ? { ...(held as object), [key as string]: value } : value };
  const parsed = settingsSchema.safeParse({ ...present, ...change });
  return parsed.success ? (change as SettingsPatch) : undefined;
}

/** The text as the kind of value that is there now. */
function valueOf(before: unknown, text: string): unknown {
  if (typeof before === 'string') return text;
  if (before === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function wrong(problem: string): number {
  process.stderr.write(`${problem}\n`);
  return exitCodes.usage;
}
