import { pitchAt } from '../listen/pitch.ts';
import { resample } from '../listen/resampler.ts';
import { printCentre, printSpread } from './print-scale.ts';
import { CEPSTRA, FRAMES_PER_SECOND, voiceFrames, type VoiceFrames } from './voice-frames.ts';

/** Prints of different kinds are never compared with each other. */
export const VOICE_PRINT_KIND = 'spectrum-and-pitch-1';
export const VOICE_PRINT_LENGTH = 64;

const SAMPLE_RATE = 16_000;
/** Longer recordings tell little more about who speaks. */
const LISTENED_SECONDS = 5;
/** Frames this far below the loudest ones are pauses. */
const PAUSE_DECIBELS = 26;
const MOST_PITCH_FRAMES = 40;
const FEWEST_VOICED_FRAMES = 4;
const MOVING_CEPSTRA = 16;
/** Beyond so many spreads from the centre a value tells nothing more. */
const REACH = 4;
const USUAL_PITCH_HZ = 150;
/** Where the measures of pitch lie among the others. */
const PITCH_AT = 56;

export interface VoicePrint {
  readonly kind: typeof VOICE_PRINT_KIND;
  /** 64 values between -127 and 127; the distance of two prints is the Euclidean one. */
  readonly vector: Int8Array;
  readonly pitchHz?: number;
  readonly syllablesPerSecond: number;
}

/**
 * How a voice sounds, measured and not learned: means and spreads of mel cepstra (the long-term colour of the
 * voice and of the microphone), how fast they move, the pitch and its range, the share of voiced sound, pauses, and
 * syllables a second. It tells voices apart by colour, height and pace; it does not recognise persons as a trained
 * speaker model would.
 *
 *     in   samples   float32 [sample]   any rate, mono; the first 5 s are listened to
 *     out  vector    int8 [64]          20 means, 20 spreads, 16 movements, 5 of pitch, 3 of rhythm and level
 */
export function voicePrint(samples: Float32Array, sampleRate: number): VoicePrint {
  const { raw, pitchHz, syllablesPerSecond } = rawPrint(samples, sampleRate);
  const vector = Int8Array.from(raw, (value, index) => {
    const scaled = (value - printCentre[index]!) / printSpread[index]!;
    return Math.round((Math.max(-REACH, Math.min(REACH, scaled)) * 127) / REACH);
  });
  return {
    kind: VOICE_PRINT_KIND,
    vector,
    syllablesPerSecond,
    ...(pitchHz === undefined ? {} : { pitchHz }),
  };
}

/** The 64 measures in their own units, before they are brought to one scale. */
export function rawPrint(
  samples: Float32Array,
  sampleRate: number,
): { raw: Float64Array; pitchHz?: number; syllablesPerSecond: number } {
  const heard = resample(samples.subarray(0, LISTENED_SECONDS * sampleRate), sampleRate, SAMPLE_RATE);
  const frames = voiceFrames(heard);
  const loud = loudFrames(frames);
  const pitches = pitchesOf(heard, loud);
  const voicedShare = loud.length === 0 ? 0 : pitches.length / Math.min(loud.length, MOST_PITCH_FRAMES);
  const enough = pitches.length >= FEWEST_VOICED_FRAMES;
  const syllablesPerSecond = syllableRate(frames, loud);
  const levels = loud.map((frame) => frames.loudness[frame]!);
  const raw = Float64Array.from([
    ...colour(frames, loud),
    ...(enough ? pitchMeasures(pitches) : printCentre.slice(PITCH_AT, PITCH_AT + 4)),
    voicedShare,
    syllablesPerSecond,
    frames.count === 0 ? 0 : loud.length / frames.count,
    quantile(levels, 0.9) - quantile(levels, 0.3),
  ]);
  return { raw, syllablesPerSecond, ...(enough ? { pitchHz: quantile(pitches, 0.5) } : {}) };
}

/** Low end, middle and high end in octaves from 150 Hz, and the range between the ends. */
function pitchMeasures(pitches: readonly number[]): number[] {
  const octaves = pitches.map((pitch) => Math.log2(pitch / USUAL_PITCH_HZ));
  const [low, middle, high] = [quantile(octaves, 0.1), quantile(octaves, 0.5), quantile(octaves, 0.9)];
  return [low, middle, high, high - low];
}

/** Means, spreads and movements of the cepstra over the frames in which somebody speaks. */
function colour({ cepstra }: VoiceFrames, loud: readonly number[]): number[] {
  const count = Math.max(1, loud.length);
  const means = new Float64Array(CEPSTRA);
  const squares = new Float64Array(CEPSTRA);
  const moves = new Float64Array(MOVING_CEPSTRA);
  loud.forEach((frame, at) => {
    const before = at > 0 && loud[at - 1] === frame - 1;
    for (let row = 0; row < CEPSTRA; row += 1) {
      const value = cepstra[frame * CEPSTRA + row]!;
      means[row]! += value / count;
      squares[row]! += (value * value) / count;
      if (before && row < MOVING_CEPSTRA)
        moves[row]! += Math.abs(value - cepstra[(frame - 1) * CEPSTRA + row]!) / count;
    }
  });
  const spreads = squares.map((square, row) => Math.sqrt(Math.max(0, square - means[row]! ** 2)));
  return [...means, ...spreads, ...moves];
}

function loudFrames({ count, loudness }: VoiceFrames): number[] {
  const all = Array.from({ length: count }, (_, frame) => frame);
  const threshold = quantile([...loudness], 0.95) - PAUSE_DECIBELS;
  return all.filter((frame) => loudness[frame]! > threshold);
}

function pitchesOf(samples: Float32Array, loud: readonly number[]): number[] {
  const halved = Float32Array.from(
    { length: Math.floor(samples.length / 2) },
    (_, index) => (samples[2 * index]! + samples[2 * index + 1]!) / 2,
  );
  const step = Math.max(1, loud.length / MOST_PITCH_FRAMES);
  const pitches: number[] = [];
  for (let at = 0; at < loud.length; at += step) {
    const start = Math.round((loud[Math.floor(at)]! / FRAMES_PER_SECOND) * (SAMPLE_RATE / 2));
    const pitch = pitchAt(halved, start, SAMPLE_RATE / 2);
    if (pitch !== undefined) pitches.push(pitch);
  }
  return pitches;
}

/** Peaks of loudness that stand out by 2 dB, a second of speech. */
function syllableRate({ loudness }: VoiceFrames, loud: readonly number[]): number {
  let peaks = 0;
  let lowest = Infinity;
  let highest = -Infinity;
  for (const frame of loud) {
    const value = loudness[frame]!;
    if (value < highest - 2 && highest - lowest > 2) {
      peaks += 1;
      lowest = value;
      highest = value;
    }
    if (value < lowest) lowest = highest = value;
    if (value > highest) highest = value;
  }
  return loud.length === 0 ? 0 : (peaks * FRAMES_PER_SECOND) / loud.length;
}

function quantile(values: readonly number[], part: number): number {
  if (values.length === 0) return 0;
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))]!;
}
