import { z } from 'zod';

/** In the order in which people look for them. */
export const tagNames = [
  'emotion',
  'style',
  'gender',
  'age',
  'speed',
  'pitch',
  'loudness',
  'background',
  'scene',
] as const;
export type TagName = (typeof tagNames)[number];

export const UNSURE = 'unsure';

const heardTag = z.object({
  /** Canonical English label, for example "female", "fast", "quiet", "unsure". */
  value: z.string(),
  /** 0..1 */
  confidence: z.number().min(0).max(1),
  /** By a model that listened, or measured in the sound. */
  source: z.enum(['model', 'signal']),
});

/** One thing heard beside the words. `value` is "unsure" when the evidence is too weak. */
export const tag = heardTag.extend({
  name: z.enum(tagNames),
  /** The measured quantity behind what was heard where there is one, for example 212 (Hz). */
  measure: z.object({ amount: z.number(), unit: z.string() }).optional(),
  /** `person`: somebody said that it is so. */
  source: z.enum(['model', 'signal', 'person']),
  /** Of what a person corrected: what had been heard. Absent where nothing was. */
  heard: heardTag.optional(),
  /** Corrected because the person corrected the same in an earlier turn of the conversation. */
  carriedOver: z.boolean().optional(),
});
export type Tag = z.infer<typeof tag>;
export type HeardTag = z.infer<typeof heardTag>;

/** What a person may say that is right, beside "unsure". Models may name more. */
export const tagChoices: Readonly<Record<TagName, readonly string[]>> = {
  emotion: ['happy', 'neutral', 'sad', 'angry', 'fearful', 'surprised', 'tired'],
  style: ['neutral', 'whisper', 'shouting', 'singing', 'reading'],
  gender: ['female', 'male'],
  age: ['child', 'adult', 'elderly'],
  speed: ['slow', 'normal', 'fast'],
  pitch: ['low', 'medium', 'high'],
  loudness: ['quiet', 'normal', 'loud'],
  background: ['quiet', 'some noise', 'steady noise', 'noisy', 'music', 'voices'],
  scene: ['quiet room', 'noisy place', 'among people', 'indoors', 'outdoors', 'vehicle'],
};

/** What is right of a turn's tag; null takes the person's correction back. */
export const tagCorrection = z
  .object({
    turnId: z.string().min(1).max(200),
    name: z.enum(tagNames),
    value: z.string().max(40).nullable(),
  })
  .refine(
    (given) => given.value === null || [UNSURE, ...tagChoices[given.name]].includes(given.value),
    'no such value',
  );
export type TagCorrection = z.infer<typeof tagCorrection>;

/** Turns with this tag. */
export const tagFilter = z.object({ name: z.enum(tagNames), value: z.string().trim().min(1).max(200) });
export type TagFilter = z.infer<typeof tagFilter>;
export const tagCount = tagFilter.extend({ turns: z.number() });
export type TagCount = z.infer<typeof tagCount>;

/** How a reply was fitted to how the person sounded, and what of it was the reason. */
export const replyTone = z.object({
  effects: z.array(
    z.object({
      /** gentler: softer words, spoken slower; calmer: the same without comfort; the others as they say. */
      effect: z.enum(['gentler', 'calmer', 'quieter', 'shorter']),
      because: z.object({
        name: z.enum(tagNames),
        value: z.string(),
        source: z.enum(['model', 'signal', 'person']),
      }),
    }),
  ),
});
export type ReplyTone = z.infer<typeof replyTone>;
