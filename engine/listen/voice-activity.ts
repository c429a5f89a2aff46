import { Tensor, type OnnxSession } from '../onnx/session.ts';

export const detectorSampleRate = 16_000;
export const frameSamples = 512;
export const frameMs = (1000 * frameSamples) / detectorSampleRate;
/** The network hears each frame together with the end of the one before. */
const contextSamples = 64;
const stateShape = [2, 1, 128];

/**
 * Silero's voice detector over a stream.
 *
 *     in   samples        float32 [sample]   16 kHz, mono, pieces of any size
 *     out  probabilities  one per 32 ms
 *
 * State: the recurrent state, 64 samples of context and what does not fill a frame yet. Pushes must not overlap.
 */
export class VoiceActivity {
  readonly #session: OnnxSession;
  readonly #rate = new Tensor('int64', BigInt64Array.of(BigInt(detectorSampleRate)), []);
  readonly #input = new Float32Array(contextSamples + frameSamples);
  #filled = 0;
  #state = freshState();

  /** @param session resources/voice-activity/silero-vad-v5.onnx; shared, not released here. */
  constructor(session: OnnxSession) {
    this.#session = session;
  }

  /** The probability of speech in every frame that these samples complete. */
  async push(samples: Float32Array): Promise<number[]> {
    const probabilities: number[] = [];
    for (let start = 0; start < samples.length;) {
      const count = Math.min(frameSamples - this.#filled, samples.length - start);
      this.#input.set(samples.subarray(start, start + count), contextSamples + this.#filled);
      this.#filled += count;
      start += count;
      if (this.#filled === frameSamples) probabilities.push(await this.#runFrame());
    }
    return probabilities;
  }

  /** The same for an unfinished last frame, completed with silence. */
  async finish(): Promise<number[]> {
    return this.#filled === 0 ? [] : this.push(new Float32Array(frameSamples - this.#filled));
  }

  reset(): void {
    this.#input.fill(0);
    this.#filled = 0;
    this.#state = freshState();
  }

  async #runFrame(): Promise<number> {
    const { output, stateN } = await this.#session.run({
      input: new Tensor('float32', this.#input, [1, this.#input.length]),
      state: this.#state,
      sr: this.#rate,
    });
    this.#state = stateN!;
    this.#input.copyWithin(0, frameSamples);
    this.#filled = 0;
    return (output!.data as Float32Array)[0]!;
  }
}

function freshState(): Tensor {
  return new Tensor('float32', new Float32Array(stateShape.reduce((a, b) => a * b)), stateShape);
}
