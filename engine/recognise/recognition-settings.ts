import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { UserError } from '../../contract/user-errors.ts';
import { defaultSearchSettings } from './ctc-search.ts';

const judgement = z.object({ bias: z.number(), weights: z.record(z.string(), z.number()) });

/**
 * Weights and thresholds of the recogniser (recognition.json of a package), tuned on the development set by
 * test/evaluation/tune-starter.ts.
 */
const recognitionSettings = z.object({
  search: z
    .object({
      beamWidth: z.number(),
      beamDepth: z.number(),
      labelThreshold: z.number(),
      labelFloor: z.number(),
      languageWeight: z.number(),
      wordBonus: z.number(),
      sentences: z.number(),
    })
    .prefault(defaultSearchSettings),
  joint: z
    .object({
      /** Weight of the decoder's log-probability of a sentence. */
      decoderWeight: z.number(),
      /** Added when the grammar says just this sentence. */
      grammarBonus: z.number(),
      /** Sharpness of word confidences (word-confidence.ts). */
      sharpness: z.number(),
    })
    .prefault({ decoderWeight: 0.4, grammarBonus: 2, sharpness: 0.5 }),
  frame: z
    .object({
      /** Price of one unit of grammar distance, in nats of the decoder. */
      distanceWeight: z.number(),
      /** Weight of the classifier's log-probability of an intent. */
      likelihoodWeight: z.number().prefault(1),
      /** The distance that "unknown" is taken to have. */
      unknownDistance: z.number(),
      /** Price of a slot value that its type does not list, where the type is closed. */
      strangeValue: z.number(),
      /** Whether the decoder hears the utterance while it writes the frame, or only reads the transcript. */
      fromSound: z.boolean(),
    })
    .prefault({
      distanceWeight: 2,
      likelihoodWeight: 1,
      unknownDistance: 2,
      strangeValue: 4,
      fromSound: true,
    }),
  /** Whether the frame is acted on. */
  accept: judgement.prefault({ bias: 4, weights: {} }),
  /** Of what is not acted on, whether at least the words were clear. */
  clear: judgement.prefault({ bias: 2, weights: { phoneGap: -3 } }),
  /** Sound counts as speech when the tag head gives speech at least this share. */
  speechShare: z.number().prefault(0.3),
  /** Tags below this share are "unsure", by group. */
  tagShare: z.record(z.string(), z.number()).prefault({ gender: 0.7, age: 0.7, style: 0.8 }),
});
export type RecognitionSettings = z.output<typeof recognitionSettings>;

export async function readRecognitionSettings(file: string): Promise<RecognitionSettings> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    throw new UserError('model-damaged', { file, reason: 'not readable' }, { cause });
  }
  const parsed = recognitionSettings.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new UserError('model-damaged', { file, reason: `${issue?.path.join('.')}: ${issue?.message}` });
}

export const defaultRecognitionSettings: RecognitionSettings = recognitionSettings.parse({});
