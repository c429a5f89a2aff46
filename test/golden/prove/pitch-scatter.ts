import { join } from 'node:path';
import { openTorchCheckpoint } from '../../../engine/convert/torch-checkpoint.ts';
import { openSession, Tensor, type OnnxSession, type SessionSettings } from '../../../engine/onnx/session.ts';
import { Random } from '../../../engine/reason/random.ts';
import { gaussians } from '../../../engine/speak/token2wav/flow-noise.ts';
import type { MelFrames } from '../../../engine/speak/token2wav/mel-frames.ts';
import { harmonicMix, Vocoder } from '../../../engine/speak/token2wav/vocoder.ts';
import { difference, type GoldenReport } from './golden-report.ts';

const DRAWS = 6;
/**
 * The excitation's phase is the sum of the pitch over all frames before, times harmonics and samples: within seconds,
 * the last bits of the pitch decide about whole samples of the wave. How much is measured by vocoding again with
 * pitches that scatter as the set's and ours were seen to. It is told beside a verdict and changes none: the stated
 * tolerance holds.
 */
export class ScatteredVocoders {
  readonly vocoders: readonly Vocoder[];
  readonly #scatter: number;
  readonly #sessions: readonly OnnxSession[];

  private constructor(vocoders: readonly Vocoder[], scatter: number, sessions: readonly OnnxSession[]) {
    this.vocoders = vocoders;
    this.#scatter = scatter;
    this.#sessions = sessions;
  }

  static async open(
    report: GoldenReport,
    folder: string,
    session: SessionSettings,
    mel: MelFrames,
  ): Promise<ScatteredVocoders> {
    const predictor = await openSession(join(folder, 'pitch-predictor.onnx'), session);
    const vocoder = await openSession(join(folder, 'hift-vocoder.onnx'), session);
    const mix = harmonicMix(openTorchCheckpoint(join(folder, 'hift.pt')));
    const scatter = await scatterOf(report, predictor, mel);
    const vocoders = Array.from(
      { length: DRAWS },
      (_, seed) => new Vocoder(scattered(predictor, scatter, seed), vocoder, mix, undefined),
    );
    return new ScatteredVocoders(vocoders, scatter, [predictor, vocoder]);
  }

  /** How far the waves of the scattered vocoders lie from `wave`, in words, where that says something of `tolerance`. */
  remark(tolerance: number, wave: Float32Array, others: readonly Float32Array[]): string | undefined {
    const moved = Math.max(...others.map((other) => difference(other, wave).absolute));
    if (2 * moved <= tolerance) return undefined;
    return `a pitch scatter of ${this.#scatter.toExponential(1)} Hz alone moves it by ${moved.toExponential(1)}`;
  }

  async release(): Promise<void> {
    await Promise.all(this.#sessions.map((session) => session.release()));
  }
}

/** The same predictor with noise on what it says. */
function scattered(predictor: OnnxSession, scatter: number, seed: number): OnnxSession {
  const random = new Random(seed);
  return {
    ...predictor,
    run: async (feeds) => {
      const { pitch } = await predictor.run(feeds);
      const exact = pitch!.data as Float32Array;
      const noise = gaussians(random, exact.length);
      const values = exact.map((value, frame) => Math.abs(value + scatter * noise[frame]!));
      return { pitch: new Tensor('float32', values, pitch!.dims) };
    },
  };
}

/**
 * Standard deviation in Hz between the set's pitch and ours: for the same mel, where only rounding differs, together
 * with that between our mel and the set's.
 */
async function scatterOf(report: GoldenReport, predictor: OnnxSession, mel: MelFrames): Promise<number> {
  const pitchOf = async ({ bands, frames, values }: MelFrames) =>
    (await predictor.run({ mel: new Tensor('float32', values, [1, bands, frames]) })).pitch!
      .data as Float32Array;
  const stored = report.array('hift_mel');
  const [bands, frames] = stored.shape as [number, number];
  const ours = await pitchOf({ bands, frames, values: stored.values });
  const byRounding = difference(ours, report.array('hift_f0').values).meanSquareRoot;
  const theirs = await pitchOf({ ...mel, values: report.array('flow_mel').values });
  const byMel = difference(await pitchOf(mel), theirs).meanSquareRoot;
  return Math.hypot(byRounding, byMel);
}
