import { basename, dirname, extname } from 'node:path';
import { z } from 'zod';
import { dimensions, type EvaluationSet, type Item, type SkippedItem } from '../items.ts';
import { insideFolder } from './inside.ts';
import { setError } from './set-error.ts';
import { readLines } from './text-files.ts';

const common = {
  id: z.string().min(1).max(200).optional(),
  /** Relative to the manifest, and below its folder. */
  audio: z.string().min(1),
  language: z.string().min(2).max(20).default('en'),
};
const line = z.discriminatedUnion('task', [
  z.object({ task: z.literal('transcribe'), ...common, text: z.string() }),
  z.object({
    task: z.literal('translate'),
    ...common,
    reference: z.string().min(1),
    targetLanguage: z.string().min(2),
  }),
  z.object({
    task: z.literal('paralinguistic'),
    ...common,
    dimension: z
      .string()
      .transform((name) => dimensions.find((known) => known.toLowerCase() === name.toLowerCase()))
      .pipe(z.enum(dimensions)),
    label: z.string().min(1),
    answer: z.string().default(''),
  }),
  z.object({
    task: z.literal('tool'),
    ...common,
    text: z.string().default(''),
    /** Null where nothing is to be called. */
    tool: z.string().nullable(),
    arguments: z.record(z.string(), z.unknown()).default({}),
  }),
  z.object({
    task: z.literal('converse'),
    ...common,
    text: z.string().default(''),
    reference: z.string().default(''),
  }),
]);
type Line = z.infer<typeof line>;

/**
 * A plain list: a JSON object a line, with `audio` and what is right about it.
 *
 *     {"audio": "clips/1.wav", "text": "turn it up", "language": "en"}
 *     {"task": "translate", "audio": "2.flac", "reference": "早上好", "targetLanguage": "zh"}
 *     {"task": "paralinguistic", "audio": "3.wav", "dimension": "gender", "label": "female"}
 *     {"task": "tool", "audio": "4.wav", "tool": "get_weather", "arguments": {"location": "paris"}}
 *     {"task": "converse", "audio": "5.wav", "text": "what is said in it", "reference": "a good answer"}
 *
 * Each task and language is a set of its own. Lines that cannot be used are skipped and named.
 */
export async function readManifestSets(path: string): Promise<EvaluationSet[]> {
  const groups = new Map<string, { set: Omit<EvaluationSet, 'items' | 'skipped'>; items: Item[] }>();
  const skipped: SkippedItem[] = [];
  const seen = new Set<string>();
  const lines = await readLines(path);
  for (const { number, text } of lines) {
    const read = readLine(text);
    if (typeof read === 'string') {
      skipped.push({ id: `line ${number}`, reason: read });
      continue;
    }
    const id = read.id ?? read.audio;
    const sound = insideFolder(dirname(path), read.audio);
    const reason = seen.has(id) ? 'the same id again' : sound ? '' : 'its sound does not lie beside the list';
    seen.add(id);
    if (reason || !sound) {
      skipped.push({ id: `line ${number} (${id})`, reason });
      continue;
    }
    const kind = `${read.task} ${read.language}`;
    const name = basename(path, extname(path));
    const set = { name, layout: 'manifest', task: read.task, language: read.language } as const;
    if (!groups.has(kind)) groups.set(kind, { set, items: [] });
    groups.get(kind)!.items.push(itemOf(read, id, sound));
  }
  if (groups.size === 0) {
    const why = skipped[0] ? `${skipped[0].id}: ${skipped[0].reason}` : 'it is empty';
    throw setError(path, `no line of it can be used; ${why}`);
  }
  return [...groups.values()].map(({ set, items }, index) => ({
    ...set,
    name: groups.size === 1 ? set.name : `${set.name} ${set.task} ${set.language}`,
    items,
    skipped: index === 0 ? skipped : [],
  }));
}

/** What the line says, or why it says nothing. */
function readLine(text: string): Line | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'not JSON';
  }
  if (typeof value !== 'object' || value === null) return 'not a JSON object';
  const parsed = line.safeParse({ task: 'transcribe', ...value });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  return `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not understood'}`;
}

function itemOf(read: Line, id: string, sound: string): Item {
  switch (read.task) {
    case 'transcribe':
      return { task: 'transcribe', id, sound, reference: read.text };
    case 'translate': {
      const { reference, targetLanguage } = read;
      return { task: 'translate', id, sound, reference, targetLanguage };
    }
    case 'paralinguistic': {
      const { dimension, label, answer } = read;
      return { task: 'paralinguistic', id, sound, dimension, label, answer };
    }
    case 'tool': {
      const wanted = read.tool === null ? undefined : { name: read.tool, arguments: read.arguments };
      const rest = { about: undefined, history: [], spoken: read.text };
      return { task: 'tool', id, sound, wanted, ...rest };
    }
    case 'converse':
      return { task: 'converse', id, sound, question: read.text, reference: read.reference };
  }
}
