import { pitchAt } from './pitch.ts';
import { totalSeconds, type SpeechSpan } from './speech-spans.ts';

/** What can be measured of an utterance without understanding it. */
export interface SpeechMeasures {
  readonly speechSeconds: number;
  /** Median fundamental frequency of the voiced pieces; absent when there are too few. */
  readonly pitchHz?: number;
  /** Share of the looked-at speech that has a clear pitch, 0..1: low in whispering. */
  readonly voicedShare: number;
  /** Root mean square of the speech in dBFS. */
  readonly speechDecibels: number;
  /** Level of what is heard between the words in dBFS. */
  readonly backgroundDecibels: number;
  /** Share of samples at full scale, 0..1. */
  readonly clippedShare: number;
}

const frameMs = 20;
const pitchStepMs = 16;
const pitchSampleRate = 8000;
/** Enough for a median, and bounds the work for long recordings. */
const mostPitchFrames = 150;
const fewestVoicedFrames = 4;
const silenceDecibels = -100;
const fullScale = 0.999;

/**
 *     in   samples   float32 [sample]   16 kHz, mono
 *          spans     where speech is, from the voice detector
 */
export function measureSpeech(samples: Float32Array, spans: readonly SpeechSpan[]): SpeechMeasures {
  const sampleRate = 16_000;
  const frame = (sampleRate * frameMs) / 1000;
  const inSpeech: number[] = [];
  const between: number[] = [];
  for (let start = 0; start + frame <= samples.length; start += frame) {
    const seconds = (start + frame / 2) / sampleRate;
    const speech = spans.some((span) => seconds >= span.startSeconds && seconds <= span.endSeconds);
    (speech ? inSpeech : between).push(meanSquare(samples, start, frame));
  }
  const voices = pitches(halved(samples), spans);
  const voiced = voices.filter((pitch) => pitch !== undefined);
  return {
    speechSeconds: totalSeconds(spans),
    pitchHz: voiced.length < fewestVoicedFrames ? undefined : median(voiced),
    voicedShare: voices.length === 0 ? 0 : voiced.length / voices.length,
    speechDecibels: decibels(mean(louderHalf(inSpeech))),
    // With hardly a pause, the quietest frames show what lies under the voice.
    backgroundDecibels: decibels(between.length >= 5 ? median(between) : quantile(inSpeech, 0.05)),
    clippedShare: share(samples, (sample) => Math.abs(sample) >= fullScale),
  };
}

function pitches(samples: Float32Array, spans: readonly SpeechSpan[]): (number | undefined)[] {
  const starts: number[] = [];
  for (const span of spans) {
    for (let at = span.startSeconds; at < span.endSeconds; at += pitchStepMs / 1000) {
      starts.push(Math.round(at * pitchSampleRate));
    }
  }
  const step = Math.max(1, starts.length / mostPitchFrames);
  const chosen = Array.from(
    { length: Math.floor(starts.length / step) },
    (_, i) => starts[Math.floor(i * step)]!,
  );
  return chosen.map((start) => pitchAt(samples, start, pitchSampleRate));
}

/** Every second sample of a simple average: pitch needs nothing above 4 kHz. */
function halved(samples: Float32Array): Float32Array {
  return Float32Array.from(
    { length: Math.floor(samples.length / 2) },
    (_, i) => (samples[2 * i]! + samples[2 * i + 1]!) / 2,
  );
}

function meanSquare(samples: Float32Array, start: number, length: number): number {
  let sum = 0;
  for (let i = start; i < start + length; i += 1) sum += samples[i]! ** 2;
  return sum / length;
}

/** Pauses between words say nothing about how loud someone speaks. */
function louderHalf(values: readonly number[]): number[] {
  return [...values].sort((a, b) => b - a).slice(0, Math.ceil(values.length / 2));
}

function decibels(power: number): number {
  return power > 0 ? Math.max(silenceDecibels, 10 * Math.log10(power)) : silenceDecibels;
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0;
}

function share(samples: Float32Array, holds: (sample: number) => boolean): number {
  let count = 0;
  for (const sample of samples) if (holds(sample)) count += 1;
  return samples.length === 0 ? 0 : count / samples.length;
}
