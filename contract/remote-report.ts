import { z } from 'zod';

/** What a test of the other machine found. */
export const remoteReport = z.object({
  host: z.string(),
  model: z.string(),
  /** Names of all that it serves. */
  models: z.array(z.string()),
  /** Until the first piece of a reply. */
  firstAnswerMs: z.number(),
  isEncrypted: z.boolean(),
  /** It takes sound. */
  hears: z.boolean(),
  /** It gives speech tokens. */
  speaks: z.boolean(),
});
export type RemoteReport = z.infer<typeof remoteReport>;
