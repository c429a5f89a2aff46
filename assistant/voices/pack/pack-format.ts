import { z } from 'zod';
import { clipDescription } from '../../../contract/voices.ts';

/** A voice pack is a zip with this file and, for each clip in it, `clips/<SHA-256>.wav`. */
export const PACK_LIST = 'voice-pack.json';
export const PACK_CLIP = /^clips\/[0-9a-f]{64}\.wav$/;

export const packLimits = {
  clips: 50_000,
  listBytes: 64_000_000,
  clipBytes: 40_000_000,
  /** Of all clips together; a zip without extensions ends at 4 GiB. */
  totalBytes: 4_000_000_000,
} as const;

export const packList = z.object({
  format: z.literal('sotto-voice-pack-1'),
  clips: z
    .array(
      clipDescription.extend({
        sha256: z.string().regex(/^[0-9a-f]{64}$/),
        bytes: z.number().int().positive().max(packLimits.clipBytes),
        source: z.string().max(500),
        licence: z.string().max(200),
      }),
    )
    .max(packLimits.clips),
});
export type PackList = z.infer<typeof packList>;

export function packPath(sha256: string): string {
  return `clips/${sha256}.wav`;
}
