import { basename, dirname, extname, join } from 'node:path';
import { z } from 'zod';
import { splitToolCalls } from '../../engine/reason/tool-calls.ts';
import { callOfIntent } from '../intent-call.ts';
import type { EvaluationSet, Item, SkippedItem, ToolCall } from '../items.ts';
import { readLines } from './text-files.ts';

const command = z.object({
  id: z.string().regex(/^[\w-]+$/),
  text: z.string(),
  intent: z.string(),
  slots: z.record(z.string(), z.string()),
  target: z.string(),
  voice: z.string(),
  gender: z.enum(['female', 'male', 'unsure']),
  content: z.string(),
});
type Command = z.infer<typeof command>;

/** Voices that are in no training set; `none` is noise, music and silence. */
const unheardVoices: ReadonlySet<string> = new Set(['flite-awb', 'festival-ked', 'none']);

/** What the lists hold, by their names. */
const meanings: Readonly<Record<string, string>> = {
  a: 'new wording',
  b: 'trained wording',
  c: 'new wording',
  ood: 'ordinary English',
  nonspeech: 'no speech',
};

export function isStarterCommand(line: string): boolean {
  try {
    return command.safeParse(JSON.parse(line)).success;
  } catch {
    return false;
  }
}

/**
 * The test commands of the starter model (`models/starter/training`, `python3 -m corpus.evaluation`): a list and a
 * folder of the same name. Asked three ways: what is said, what is to be done, and who speaks. Of sets with voices that
 * were heard in training, those of the held-out voices alone can be taken.
 */
export async function readStarterCommands(path: string, heldOutOnly: boolean): Promise<EvaluationSet[]> {
  const list = basename(path, extname(path));
  const name = [`starter ${list}`, meanings[list], heldOutOnly ? 'unheard voices' : undefined]
    .filter((part) => part !== undefined)
    .join(', ');
  const folder = join(dirname(path), list);
  const skipped: SkippedItem[] = [];
  const commands: Command[] = [];
  for (const { number, text } of await readLines(path)) {
    const read = command.safeParse(parsed(text));
    if (!read.success) skipped.push({ id: `line ${number}`, reason: 'not a test command' });
    else if (!heldOutOnly || unheardVoices.has(read.data.voice)) commands.push(read.data);
  }
  const spoken = commands.filter(({ content }) => content === 'speech');
  const common = { layout: 'starter commands', language: 'en' } as const;
  const soundOf = ({ id }: Command): string => join(folder, `${id}.wav`);
  const sets: EvaluationSet[] = [
    {
      ...common,
      name,
      task: 'transcribe',
      items: spoken.map((one): Item => {
        return { task: 'transcribe', id: one.id, sound: soundOf(one), reference: one.text };
      }),
      skipped,
    },
    {
      ...common,
      name: `${name}: commands`,
      task: 'tool',
      items: commands.map((one): Item => {
        const rest = { about: undefined, history: [], spoken: one.text };
        return { task: 'tool', id: one.id, sound: soundOf(one), wanted: wantedCall(one), ...rest };
      }),
      skipped: [],
    },
    {
      ...common,
      name: `${name}: speakers`,
      task: 'paralinguistic',
      items: spoken.flatMap((one): Item[] => {
        if (one.gender === 'unsure') return [];
        const { id, gender: label } = one;
        return [{ task: 'paralinguistic', id, sound: soundOf(one), dimension: 'Gender', label, answer: '' }];
      }),
      skipped: [],
    },
  ];
  return sets.filter(({ items }) => items.length > 0);
}

/** What the assistant makes of the target; intents that are conversation ask for no tool. */
function wantedCall({ target, text }: Command): ToolCall | undefined {
  const [call] = splitToolCalls(target).calls;
  return call && callOfIntent(call.name, call.arguments, text);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
