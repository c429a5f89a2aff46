import { join } from 'node:path';
import type { Checkpoint } from '../../convert/checkpoint.ts';
import { openTorchCheckpoint } from '../../convert/torch-checkpoint.ts';
import { openSession, Tensor, type OnnxSession, type SessionSettings } from '../../onnx/session.ts';
import { excitation, type ExcitationNoise, type HarmonicMix } from './excitation.ts';
import type { MelFrames } from './mel-frames.ts';

export interface VocodedWave {
  /** 24 kHz, within +-0.99. */
  readonly samples: Float32Array;
  /** The excitation that the samples were made from, of the same length. */
  readonly source: Float32Array;
}

/**
 * Mel to sound through pitch and excitation.
 *
 *     in   mel      [80, frame]   50 frames/s
 *     out  samples  float32 [480 * frame]   24 kHz
 */
export class Vocoder {
  readonly #pitchPredictor: OnnxSession;
  readonly #vocoder: OnnxSession;
  readonly #mix: HarmonicMix;
  readonly #noise: ExcitationNoise;

  constructor(pitchPredictor: OnnxSession, vocoder: OnnxSession, mix: HarmonicMix, noise: ExcitationNoise) {
    this.#pitchPredictor = pitchPredictor;
    this.#vocoder = vocoder;
    this.#mix = mix;
    this.#noise = noise;
  }

  /** `folder` holds hift.pt and the graphs that the converter wrote. */
  static async open(folder: string, settings: SessionSettings, noise: ExcitationNoise): Promise<Vocoder> {
    const mix = harmonicMix(openTorchCheckpoint(join(folder, 'hift.pt')));
    // Double precision is not for graphics processors, and the predictor is small.
    const predictor = await openSession(join(folder, 'pitch-predictor.onnx'), {
      ...settings,
      provider: 'cpu',
    });
    return new Vocoder(predictor, await openSession(join(folder, 'hift-vocoder.onnx'), settings), mix, noise);
  }

  /** With `knownSource`, the excitation begins with these samples, so that a piece goes on where another ended. */
  async vocode(
    mel: MelFrames,
    knownSource: Float32Array,
    signal: AbortSignal,
    noise: ExcitationNoise = this.#noise,
  ): Promise<VocodedWave> {
    signal.throwIfAborted();
    const melTensor = new Tensor('float32', mel.values, [1, mel.bands, mel.frames]);
    const { pitch } = await this.#pitchPredictor.run({ mel: melTensor });
    const source = excitation(pitch!.data as Float32Array, this.#mix, noise);
    source.set(knownSource.subarray(0, source.length));
    signal.throwIfAborted();
    const sourceTensor = new Tensor('float32', source, [1, 1, source.length]);
    const { wave } = await this.#vocoder.run({ mel: melTensor, source: sourceTensor });
    return { samples: wave!.data as Float32Array, source };
  }

  async release(): Promise<void> {
    await Promise.all([this.#pitchPredictor.release(), this.#vocoder.release()]);
  }
}

export function harmonicMix(checkpoint: Checkpoint): HarmonicMix {
  const prefix = checkpoint.tensors.has('generator.m_source.l_linear.weight') ? 'generator.' : '';
  return {
    weights: checkpoint.readFloat32(`${prefix}m_source.l_linear.weight`),
    bias: checkpoint.readFloat32(`${prefix}m_source.l_linear.bias`)[0]!,
  };
}
