import type { ClipDescription } from '../../../contract/voices.ts';
import { UserError } from '../../../contract/user-errors.ts';
import { channelToHear, readWav, writeWav } from '../../../engine/listen/wav-file.ts';
import { LONGEST_CLIP_SECONDS, recordingQuality } from '../../../engine/voice-print/recording-quality.ts';
import { voicePrint } from '../../../engine/voice-print/voice-print.ts';
import { contentHash } from '../clips/clip-files.ts';
import type { NewClip } from '../clips/clip-library.ts';

/** Less speech than that is no voice. */
const LEAST_SPEECH_SECONDS = 1;

export interface TakenIn {
  readonly clip: NewClip;
  readonly bytes: Uint8Array;
}

/** Bytes that are kept as they are, or, of a long recording, its first half minute as 16-bit mono. */
export function boundedSound(bytes: Uint8Array): {
  bytes: Uint8Array;
  samples: Float32Array;
  sampleRate: number;
} {
  const audio = readWav(bytes);
  const samples = channelToHear(audio);
  const most = LONGEST_CLIP_SECONDS * audio.sampleRate;
  if (samples.length <= most) return { bytes, samples, sampleRate: audio.sampleRate };
  const first = samples.subarray(0, most);
  return { bytes: writeWav(first, audio.sampleRate), samples: first, sampleRate: audio.sampleRate };
}

/** @throws UserError audio-file-*, audio-too-short */
export function newClip(
  sound: ReturnType<typeof boundedSound>,
  description: ClipDescription,
  origin: Pick<NewClip, 'source' | 'licence' | 'recordedHere'>,
): TakenIn {
  const { bytes, samples, sampleRate } = sound;
  const { speechSeconds } = recordingQuality(samples, sampleRate);
  if (speechSeconds < LEAST_SPEECH_SECONDS)
    throw new UserError('audio-too-short', { seconds: speechSeconds });
  const clip = {
    ...origin,
    hash: contentHash(bytes),
    description,
    seconds: samples.length / sampleRate,
    print: voicePrint(samples, sampleRate),
  };
  return { clip, bytes };
}
