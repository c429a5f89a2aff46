/** What speaks against using a recording as a voice; empty when nothing does. */
export type RecordingProblem = 'too-short' | 'too-long' | 'too-quiet' | 'clipped' | 'noisy';

export interface RecordingQuality {
  readonly seconds: number;
  /** Time in which somebody speaks. */
  readonly speechSeconds: number;
  /** Root mean square of the speech in dBFS. */
  readonly speechDecibels: number;
  /** How far the speech stands above what is heard between the words. */
  readonly noiseDistanceDecibels: number;
  /** Share of samples at full scale, 0..1. */
  readonly clippedShare: number;
  readonly problems: readonly RecordingProblem[];
}

const FRAME_MS = 20;
const SHORTEST_SPEECH_SECONDS = 3;
/** Models listen to the first eight seconds; what is beyond half a minute only takes room. */
export const LONGEST_CLIP_SECONDS = 30;
const QUIETEST_SPEECH_DECIBELS = -42;
const SMALLEST_NOISE_DISTANCE_DECIBELS = 18;
const MOST_CLIPPED_SHARE = 0.001;
const FULL_SCALE = 0.999;
/** Frames this far below the loud ones are pauses. */
const PAUSE_DECIBELS = 20;
const SILENCE_DECIBELS = -100;

/** Noise, clipping, length and level of a recording in which one person speaks; mono samples in [-1, 1]. */
export function recordingQuality(samples: Float32Array, sampleRate: number): RecordingQuality {
  const levels = frameDecibels(samples, Math.round((sampleRate * FRAME_MS) / 1000)).sort((a, b) => a - b);
  const at = (part: number) =>
    levels[Math.min(levels.length - 1, Math.floor(part * levels.length))] ?? SILENCE_DECIBELS;
  const loud = at(0.9);
  const speechFrames = levels.filter(
    (level) => level > loud - PAUSE_DECIBELS && level > 2 * QUIETEST_SPEECH_DECIBELS,
  );
  let clipped = 0;
  for (const sample of samples) if (Math.abs(sample) >= FULL_SCALE) clipped += 1;
  const seconds = samples.length / sampleRate;
  const measures = {
    seconds,
    speechSeconds: (speechFrames.length * FRAME_MS) / 1000,
    speechDecibels: loud,
    noiseDistanceDecibels: loud - at(0.05),
    clippedShare: samples.length === 0 ? 0 : clipped / samples.length,
  };
  const found: [RecordingProblem, boolean][] = [
    ['too-short', measures.speechSeconds < SHORTEST_SPEECH_SECONDS],
    ['too-long', seconds > LONGEST_CLIP_SECONDS],
    ['too-quiet', measures.speechDecibels < QUIETEST_SPEECH_DECIBELS],
    ['clipped', measures.clippedShare > MOST_CLIPPED_SHARE],
    ['noisy', measures.noiseDistanceDecibels < SMALLEST_NOISE_DISTANCE_DECIBELS],
  ];
  return { ...measures, problems: found.filter(([, holds]) => holds).map(([problem]) => problem) };
}

function frameDecibels(samples: Float32Array, frame: number): number[] {
  return Array.from({ length: Math.floor(samples.length / frame) }, (_, index) => {
    let sum = 0;
    for (let at = index * frame; at < (index + 1) * frame; at += 1) sum += samples[at]! ** 2;
    return sum === 0 ? SILENCE_DECIBELS : Math.max(SILENCE_DECIBELS, 10 * Math.log10(sum / frame));
  });
}
