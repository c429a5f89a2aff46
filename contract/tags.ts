import { z } from 'zod';

/** One thing heard beside the words. `value` is "unsure" when the evidence is too weak. */
export const tag = z.object({
  name: z.enum(['gender', 'age', 'style', 'emotion', 'speed', 'pitch', 'loudness', 'background']),
  /** Canonical English label, for example "female", "fast", "quiet", "unsure". */
  value: z.string(),
  /** 0..1 */
  confidence: z.number().min(0).max(1),
  /** The measured quantity behind the label where there is one, for example 212 (Hz). */
  measure: z.object({ amount: z.number(), unit: z.string() }).optional(),
  source: z.enum(['model', 'signal']),
});
export type Tag = z.infer<typeof tag>;
