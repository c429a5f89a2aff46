import { join } from 'node:path';
import { openTorchCheckpoint } from '../../../engine/convert/torch-checkpoint.ts';
import { openSession, Tensor, type OnnxSession, type SessionSettings } from '../../../engine/onnx/session.ts';
import { Random } from '../../../engine/reason/random.ts';
import { excitation } from '../../../engine/speak/token2wav/excitation.ts';
import { gaussians } from '../../../engine/speak/token2wav/flow-noise.ts';
import type { MelFrames } from '../../../engine/speak/token2wav/mel-frames.ts';
import { harmonicMix } from '../../../engine/speak/token2wav/vocoder.ts';
import { difference, type GoldenReport } from './golden-report.ts';
import { withInnerValue } from './inner-value.ts';

const STAGE = 'speak';
const WAVE = 5e-3;
/** However sensitive a wave is to its pitch, beyond so many times the tolerance it is wrong. */
const MOST_TIMES_WAVE = 5;
const DRAWS = 8;

/** Pitch, excitation, its spectrum, and the wave, each from the set's own values of what comes before it. */
export async function proveVocoder(
  report: GoldenReport,
  folder: string,
  session: SessionSettings,
  stored: MelFrames,
): Promise<void> {
  report.given('hift_mel', 'hift_noise', 'hift_rand_ini');
  const pitch = await pitchOf(folder, session, stored);
  report.compare(STAGE, 'hift_f0', pitch, 0.05);
  const mix = harmonicMix(openTorchCheckpoint(join(folder, 'hift.pt')));
  const drawn = report.array('hift_noise').values;
  const made = excitation(report.array('hift_f0').values, mix, () => drawn);
  report.compare(STAGE, 'hift_source', made, 2e-3);
  const graph = withInnerValue(
    join(folder, 'hift-vocoder.onnx'),
    'source_spectrum',
    (node) => node.opType === 'Conv' && node.input?.[1]?.startsWith('Fourier rows') === true,
  );
  const vocoder = await openSession(graph, session);
  const { wave, source_spectrum: spectrum } = await run(vocoder, stored, report.array('hift_source').values);
  report.compare(STAGE, 'hift_source_stft', spectrum!.data as Float32Array, 1e-3);
  report.compare(STAGE, 'hift_wave', wave!.data as Float32Array, 1e-4);
  await vocoder.release();
}

/**
 * The whole way to the wave. The excitation's phase is the sum of the pitch over all frames before, times harmonics
 * and samples: within seconds, the last bits of the pitch decide about whole samples of the wave. How much is measured
 * here, by giving the pitch the scatter that was seen between this set's pitch and ours for the same mel, together
 * with that of our mel and the set's; where it is more than the stated tolerance, it takes its place.
 */
export async function proveWave(
  report: GoldenReport,
  folder: string,
  session: SessionSettings,
  mel: MelFrames,
): Promise<void> {
  const vocoder = await openSession(join(folder, 'hift-vocoder.onnx'), session);
  const mix = harmonicMix(openTorchCheckpoint(join(folder, 'hift.pt')));
  const waveOf = async (pitch: Float32Array) => {
    const { wave } = await run(vocoder, mel, excitation(pitch, mix, undefined));
    return wave!.data as Float32Array;
  };
  const pitch = await pitchOf(folder, session, mel);
  const wave = await waveOf(pitch);
  const scatter = await pitchScatter(report, folder, session, mel, pitch);
  const random = new Random(1);
  let moved = 0;
  for (let draw = 0; draw < DRAWS; draw++) {
    const noise = gaussians(random, pitch.length);
    const other = await waveOf(pitch.map((value, frame) => Math.abs(value + scatter * noise[frame]!)));
    moved = Math.max(moved, difference(other, wave).absolute);
  }
  await vocoder.release();
  const tolerance = Math.min(Math.max(WAVE, moved), MOST_TIMES_WAVE * WAVE);
  const remark = `a pitch scatter of ${scatter.toExponential(1)} Hz alone moves it by ${moved.toExponential(1)}`;
  const rounded = Number(tolerance.toPrecision(2));
  report.compare(STAGE, 'token2wav_offline_zero_noise', wave, rounded, tolerance > WAVE ? remark : undefined);
}

/** Standard deviation in Hz between two computations of the pitch in single precision. */
async function pitchScatter(
  report: GoldenReport,
  folder: string,
  session: SessionSettings,
  mel: MelFrames,
  pitch: Float32Array,
): Promise<number> {
  const shape = report.array('hift_mel').shape;
  const stored = { bands: shape[0]!, frames: shape[1]!, values: report.array('hift_mel').values };
  const ours = await pitchOf(folder, session, stored);
  const byRounding = difference(ours, report.array('hift_f0').values).meanSquareRoot;
  const theirs = { ...mel, values: report.array('flow_mel').values };
  const byMel = difference(await pitchOf(folder, session, theirs), pitch).meanSquareRoot;
  return Math.hypot(byRounding, byMel);
}

async function pitchOf(folder: string, session: SessionSettings, mel: MelFrames): Promise<Float32Array> {
  const predictor = await openSession(join(folder, 'pitch-predictor.onnx'), session);
  const { pitch } = await predictor.run({
    mel: new Tensor('float32', mel.values, [1, mel.bands, mel.frames]),
  });
  await predictor.release();
  return pitch!.data as Float32Array;
}

function run(vocoder: OnnxSession, mel: MelFrames, source: Float32Array) {
  return vocoder.run({
    mel: new Tensor('float32', mel.values, [1, mel.bands, mel.frames]),
    source: new Tensor('float32', source, [1, 1, source.length]),
  });
}
