import type { ModelPackage } from '../convert/model-package.ts';
import { logMel } from '../listen/log-mel.ts';
import { openSession, Tensor, type OnnxSession, type SessionSettings } from '../onnx/session.ts';

/** What the encoder and its heads make of one piece of speech. */
export interface Acoustics {
  /** float32 [1, frame, state], 25 frames/s */
  readonly features: Tensor;
  /** float32 [slot, label], natural logarithms, 50 slots/s */
  readonly logProbabilities: Float32Array;
  readonly tagLogits: Float32Array;
}

/** Smaller than one analysis window; nothing can be said about it. */
export const FEWEST_SAMPLES = 400;

/**
 * Audio encoder, CTC head and tag head as one graph, and the adaptor towards the decoder as another.
 *
 *     in   samples           float32 [sample]       16 kHz, at most 25 s
 *     out  acoustics         see above
 *     out  audio embeddings  float32 [row, hidden]   12.5 rows/s
 */
export class AcousticModel {
  readonly labels: number;
  readonly #encoder: OnnxSession;
  readonly #adaptor: OnnxSession;

  constructor(encoder: OnnxSession, adaptor: OnnxSession, labels: number) {
    this.#encoder = encoder;
    this.#adaptor = adaptor;
    this.labels = labels;
  }

  static async open(model: ModelPackage, settings: SessionSettings): Promise<AcousticModel> {
    const labels = model.config.ctc_config?.labels.length ?? 0;
    const encoder = await openSession(model.pathOf('audioEncoder'), settings);
    const adaptor = await openSession(model.pathOf('audioAdaptor'), settings);
    return new AcousticModel(encoder, adaptor, labels);
  }

  async hear(samples: Float32Array, signal: AbortSignal): Promise<Acoustics> {
    signal.throwIfAborted();
    const mel = logMel(samples);
    const outputs = await this.#encoder.run({
      mel: new Tensor('float32', mel.values, [1, mel.bands, mel.frames]),
    });
    signal.throwIfAborted();
    return {
      features: outputs.features as Tensor,
      logProbabilities: outputs.ctc_log_probabilities?.data as Float32Array,
      tagLogits: outputs.tag_logits?.data as Float32Array,
    };
  }

  async adapt(acoustics: Acoustics, signal: AbortSignal): Promise<Float32Array> {
    signal.throwIfAborted();
    const { audio_embeddings: rows } = await this.#adaptor.run({ features: acoustics.features });
    return rows?.data as Float32Array;
  }

  async release(): Promise<void> {
    await Promise.all([this.#encoder.release(), this.#adaptor.release()]);
  }
}
