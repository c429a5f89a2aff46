import type { ModelPackage } from '../convert/model-package.ts';
import { logMel } from '../listen/log-mel.ts';
import { openSession, Tensor, type OnnxSession, type SessionSettings } from '../onnx/session.ts';
import { officialAudioRows } from '../reason/audio-rows.ts';

const SAMPLE_RATE = 16_000;
/** Longer sound is heard in segments, each with a start and an end of its own in the prompt. */
const SEGMENT_SAMPLES = 25 * SAMPLE_RATE;
/** Mel frames at the end of a segment that the encoder is told not to count (spec section 6). */
const UNCOUNTED_FRAMES = 2;

/**
 * Sound to the decoder's rows, as the official models hear it.
 *
 *     in   samples   float32 [sample]                16 kHz
 *     out  segments  float32 [row, hidden] each      12.5 rows/s, at most 313 rows
 *
 * A segment is the smallest step that can be cancelled.
 */
export class AudioListener {
  readonly #encoder: OnnxSession;
  readonly #adaptor: OnnxSession;

  constructor(encoder: OnnxSession, adaptor: OnnxSession) {
    this.#encoder = encoder;
    this.#adaptor = adaptor;
  }

  static async open(model: ModelPackage, settings: SessionSettings): Promise<AudioListener> {
    const encoder = await openSession(model.pathOf('audioEncoder'), settings);
    return new AudioListener(encoder, await openSession(model.pathOf('audioAdaptor'), settings));
  }

  async hear(samples: Float32Array, signal: AbortSignal): Promise<Float32Array[]> {
    const segments: Float32Array[] = [];
    for (const segment of segmentsOf(samples)) segments.push(await this.#hearSegment(segment, signal));
    return segments;
  }

  async release(): Promise<void> {
    await Promise.all([this.#encoder.release(), this.#adaptor.release()]);
  }

  async #hearSegment(samples: Float32Array, signal: AbortSignal): Promise<Float32Array> {
    signal.throwIfAborted();
    const { bands, frames, values } = logMel(samples);
    const rows = officialAudioRows(frames);
    if (rows === 0) return new Float32Array();
    const { features } = await this.#encoder.run({
      mel: new Tensor('float32', values, [1, bands, frames]),
      length: new Tensor('int64', BigInt64Array.of(BigInt(frames - UNCOUNTED_FRAMES)), []),
    });
    signal.throwIfAborted();
    const { audio_embeddings: embeddings } = await this.#adaptor.run({ features: features! });
    const hidden = embeddings!.dims.at(-1)!;
    return (embeddings!.data as Float32Array).slice(0, rows * hidden);
  }
}

/** 25 s each; the last is what remains. */
export function segmentsOf(samples: Float32Array): Float32Array[] {
  const segments: Float32Array[] = [];
  for (let start = 0; start < samples.length; start += SEGMENT_SAMPLES) {
    segments.push(samples.subarray(start, start + SEGMENT_SAMPLES));
  }
  return segments;
}
