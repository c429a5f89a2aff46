import { RealFourier } from './real-fourier.ts';
import type { SpeechSpan } from './speech-spans.ts';

/** What sounds between the words. */
export interface BackgroundSound {
  readonly kind: 'steady noise' | 'music';
  /** 0..1 */
  readonly confidence: number;
}

const sampleRate = 16_000;
const windowSamples = 512;
const hopSamples = 256;
/** Words fade in and out beyond what the voice detector calls speech. */
const marginSeconds = 0.1;
const shortestStretchFrames = 8;
const fewestFrames = 14;
/** Bounds the work for long recordings. */
const [mostStretches, mostFrames] = [10, 120];
/** Fainter than this nothing can be told of its kind. */
const faintestDecibels = -66;
/** Of the spectrum, in bins of 31.25 Hz: 190 to 4000 Hz, above the mains and its first harmonics. */
const [lowestBin, highestBin] = [6, 128];
const neighbourhood = 7;
/** A peak stands so far above the middle of its neighbourhood, in power. */
const peakHeight = 8;
/** Longer than a vowel stays on one pitch. */
const sustainedFrames = 9;
const fewestTones = 3;
const musicShare = 0.2;
const strayShare = 0.05;
const steadySpreadDecibels = 2.6;

/**
 * Tells steady noise (a fan, a hiss, a hum) from music by what lasts: music holds tones and changes them, steady noise
 * stays as loud as it is. Undefined where there are too few pauses or it is neither.
 *
 *     in   samples   float32 [sample]   16 kHz, mono
 *          spans     where speech is, from the voice detector
 */
export function backgroundSound(
  samples: Float32Array,
  spans: readonly SpeechSpan[],
): BackgroundSound | undefined {
  const stretches = pauses(samples.length, spans).map(({ from, to }) => spectra(samples, from, to));
  const frames = stretches.flat();
  if (frames.length < fewestFrames) return undefined;
  const levels = frames.map((frame) => 10 * Math.log10(frame.reduce((sum, power) => sum + power, 0) + 1e-12));
  if (mean(levels) < faintestDecibels) return undefined;
  const tones = stretches.map(sustainedTones);
  const share = mean(tones.flatMap(({ shares }) => shares));
  const lasting = tones.flatMap(({ lengths, frameCount }) => lengths.map((length) => length / frameCount));
  const isChanging = lasting.some((part) => part < 0.8);
  const isFull = tones.every(({ lengths }) => lengths.length >= fewestTones);
  if (share >= musicShare && isChanging && isFull)
    return { kind: 'music', confidence: certainty(share - musicShare, 0.2) };
  // Over all pauses: what is loud in one of them and not in another is not steady.
  const spread = levelSpread(frames);
  if (spread > steadySpreadDecibels || (isChanging && share > strayShare)) return undefined;
  return { kind: 'steady noise', confidence: certainty(steadySpreadDecibels - spread, 1.5) };
}

/** From 0.6 at the border to 0.95 at a distance that leaves no doubt. */
function certainty(distance: number, certainDistance: number): number {
  return Math.min(0.95, 0.6 + (0.35 * distance) / certainDistance);
}

function pauses(length: number, spans: readonly SpeechSpan[]): { from: number; to: number }[] {
  const borders = spans.flatMap(({ startSeconds, endSeconds }) => [
    Math.round((startSeconds - marginSeconds) * sampleRate),
    Math.round((endSeconds + marginSeconds) * sampleRate),
  ]);
  const edges = [0, ...borders, length];
  const found: { from: number; to: number }[] = [];
  for (let at = 0; at < edges.length; at += 2) found.push({ from: edges[at]!, to: edges[at + 1]! });
  const shortest = windowSamples + (shortestStretchFrames - 1) * hopSamples;
  return found.filter(({ from, to }) => to - from >= shortest).slice(0, mostStretches);
}

/** Power in the looked-at bins, a row for every 16 ms. */
function spectra(samples: Float32Array, from: number, to: number): Float64Array[] {
  const fourier = new RealFourier(windowSamples);
  const windowed = new Float64Array(windowSamples);
  const power = new Float64Array(windowSamples / 2 + 1);
  const rows: Float64Array[] = [];
  for (let start = from; start + windowSamples <= to && rows.length < mostFrames; start += hopSamples) {
    for (let i = 0; i < windowSamples; i += 1) windowed[i] = samples[start + i]! * hann[i]!;
    fourier.power(windowed, power);
    // A full-scale sine has the power 1/2, as in the time domain.
    rows.push(power.slice(lowestBin, highestBin).map((value) => (value * 16) / (3 * windowSamples ** 2)));
  }
  return rows;
}

const hann = Float64Array.from(
  { length: windowSamples },
  (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / windowSamples),
);

/** The share of each frame's power in tones that last, and how many frames each of them lasts. */
function sustainedTones(rows: readonly Float64Array[]): {
  readonly shares: number[];
  readonly lengths: number[];
  readonly frameCount: number;
} {
  const peaks = rows.map(peakBins);
  const tracks: { bins: number[]; first: number }[] = [];
  let open: { bins: number[]; first: number }[] = [];
  peaks.forEach((bins, frame) => {
    const next: typeof open = [];
    for (const bin of bins) {
      const track = open.find((one) => Math.abs(one.bins.at(-1)! - bin) <= 1 && !next.includes(one));
      if (track) track.bins.push(bin);
      const kept = track ?? { bins: [bin], first: frame };
      if (!track) tracks.push(kept);
      next.push(kept);
    }
    open = next;
  });
  const lasting = tracks.filter(({ bins }) => bins.length >= sustainedFrames);
  const shares = rows.map((row, frame) => {
    const total = row.reduce((sum, power) => sum + power, 0);
    const inTones = lasting.reduce((sum, { bins, first }) => {
      const bin = bins[frame - first];
      return bin === undefined ? sum : sum + (row[bin - 1] ?? 0) + row[bin]! + (row[bin + 1] ?? 0);
    }, 0);
    return total === 0 ? 0 : Math.min(1, inTones / total);
  });
  return { shares, lengths: lasting.map(({ bins }) => bins.length), frameCount: rows.length };
}

function peakBins(row: Float64Array): number[] {
  const bins: number[] = [];
  for (let bin = 1; bin < row.length - 1; bin += 1) {
    const power = row[bin]!;
    if (power < row[bin - 1]! || power < row[bin + 1]!) continue;
    const near = [...row.subarray(Math.max(0, bin - neighbourhood), bin + neighbourhood + 1)].sort(
      (a, b) => a - b,
    );
    if (power > peakHeight * near[near.length >> 1]!) bins.push(bin);
  }
  return bins;
}

/** Standard deviation of the level, in dB, smoothed over three frames: single frames of noise differ by chance. */
function levelSpread(rows: readonly Float64Array[]): number {
  const powers = rows.map((row) => row.reduce((sum, power) => sum + power, 0));
  const levels = powers
    .slice(2)
    .map((power, index) => 10 * Math.log10((power + powers[index]! + powers[index + 1]!) / 3 + 1e-12));
  const middle = mean(levels);
  return Math.sqrt(mean(levels.map((level) => (level - middle) ** 2)));
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
