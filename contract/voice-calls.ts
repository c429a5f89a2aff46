import { z } from 'zod';
import {
  clip,
  clipChange,
  clipImport,
  clipPage,
  clipSearch,
  clipToKeep,
  importBatch,
  importProgress,
  packProgress,
  recordedClip,
  recordingQuality,
} from './voices.ts';

const request = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) =>
  ({ kind: 'request', input, output }) as const;
const stream = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) =>
  ({ kind: 'stream', input, output }) as const;

const id = z.string().min(1).max(200);
const clipIds = z.object({ clipIds: z.array(id).min(1).max(50_000) });
const count = z.object({ clips: z.number() });

/** The calls about recordings of voices. A clip's id is a voice's id wherever one is asked for. */
export const voiceCalls = {
  findClips: request(clipSearch, clipPage),
  changeClip: request(z.object({ clipId: id, change: clipChange }), clip),
  /** Can be taken back with `restoreClips`, for a day at least. */
  deleteClips: request(clipIds, count),
  restoreClips: request(clipIds, count),
  /** Cancelling keeps what was taken in; it can be taken back as a whole. */
  importClips: stream(clipImport, importProgress),
  listImports: request(z.object({}), z.array(importBatch)),
  undoImport: request(z.object({ batchId: id }), z.object({ clipIds: z.array(id) })),
  /** The clips named, or all; into a new file on this machine. */
  exportClips: stream(
    z.object({ path: z.string().trim().min(1).max(4000), clipIds: z.array(id).max(50_000).optional() }),
    packProgress,
  ),
  checkRecording: request(recordedClip, recordingQuality),
  keepRecording: request(clipToKeep, clip),
} as const;
