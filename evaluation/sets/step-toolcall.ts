import { join } from 'node:path';
import { z } from 'zod';
import { splitToolCalls } from '../../engine/reason/tool-calls.ts';
import type { DialogueTurn, EvaluationSet, Item, SkippedItem } from '../items.ts';
import { insideFolder } from './inside.ts';
import type { FoundFolder } from './set-readers.ts';
import { readLines } from './text-files.ts';

/** What a pair of files is about. */
const tools: Readonly<Record<string, string>> = {
  get_date_time: 'get_date_time',
  get_weather: 'get_weather',
  web_search: 'web_search',
  timbre: 'timbre_rag',
};
const FILE = /^(get_date_time|get_weather|web_search|timbre)_(positive|negative)\.jsonl$/;

const turn = z.object({
  from: z.enum(['Human', 'Assistant', 'Input']),
  text: z.string().nullish(),
  value: z.union([z.string(), z.object({ type: z.literal('wav'), value: z.string() })]),
});
const dialogue = z.array(turn).min(2);

export function isStepToolcall({ files }: FoundFolder): boolean {
  return files.some((name) => FILE.test(name));
}

/**
 * StepEval-Audio-Toolcall: eight files with a dialogue a line, a set for each tool. The last turn is the reference and
 * the one before it is what is heard; earlier turns are given as their words, those of people too, because engines may
 * keep only so much sound.
 */
export async function readStepToolcall({ path, files }: FoundFolder): Promise<EvaluationSet[]> {
  const sets: EvaluationSet[] = [];
  for (const [prefix, about] of Object.entries(tools)) {
    const items: Item[] = [];
    const skipped: SkippedItem[] = [];
    for (const kind of ['positive', 'negative']) {
      const file = `${prefix}_${kind}.jsonl`;
      if (!files.includes(file)) {
        skipped.push({ id: file, reason: 'the file is missing' });
        continue;
      }
      for (const { number, text } of await readLines(join(path, file))) {
        const read = readDialogue(text, `${file}-${number - 1}`, about, path);
        if (typeof read === 'string') skipped.push({ id: `${file}, line ${number}`, reason: read });
        else items.push(read);
      }
    }
    if (items.length === 0) continue;
    const name = `StepEval-Audio-Toolcall ${about}`;
    const set = { layout: 'StepEval-Audio-Toolcall', task: 'tool', language: 'zh' } as const;
    sets.push({ name, ...set, published: 'StepEval-Audio-Toolcall', items, skipped });
  }
  return sets;
}

/** The item, or why there is none. */
function readDialogue(text: string, id: string, about: string, folder: string): Item | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'not JSON';
  }
  const read = dialogue.safeParse(value);
  if (!read.success) return 'not a dialogue';
  const turns = read.data;
  const last = turns.at(-1)!;
  const asked = turns.at(-2)!;
  if (last.from !== 'Assistant') return 'it does not end with the assistant';
  if (asked.from !== 'Human' || typeof asked.value === 'string') return 'nothing is spoken before its end';
  const sound = insideFolder(folder, asked.value.value);
  if (!sound) return 'its sound does not lie beside the file';
  const history = turns.slice(0, -2).map((one): DialogueTurn => ({
    from: one.from === 'Human' ? 'human' : one.from === 'Input' ? 'input' : 'assistant',
    text: wordsOf(one),
  }));
  const [wanted] = splitToolCalls(wordsOf(last)).calls;
  return { task: 'tool', id, sound, about, wanted, history, spoken: wordsOf(asked) };
}

/** Calls and inputs are their value, speech is its transcript. */
function wordsOf({ text, value }: z.infer<typeof turn>): string {
  return typeof value === 'string' ? value : (text ?? '');
}
