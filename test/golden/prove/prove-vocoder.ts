import { join } from 'node:path';
import { openTorchCheckpoint } from '../../../engine/convert/torch-checkpoint.ts';
import { openSession, Tensor, type SessionSettings } from '../../../engine/onnx/session.ts';
import { excitation } from '../../../engine/speak/token2wav/excitation.ts';
import type { MelFrames } from '../../../engine/speak/token2wav/mel-frames.ts';
import { harmonicMix, Vocoder } from '../../../engine/speak/token2wav/vocoder.ts';
import type { GoldenReport } from './golden-report.ts';
import { withInnerValue } from './inner-value.ts';
import type { ScatteredVocoders } from './pitch-scatter.ts';

const STAGE = 'speak';
const WAVE = 5e-3;

/** Pitch, excitation, its spectrum, and the wave, each from the set's own values of what comes before it. */
export async function proveVocoder(
  report: GoldenReport,
  folder: string,
  session: SessionSettings,
): Promise<void> {
  report.given('hift_mel', 'hift_noise', 'hift_rand_ini');
  const stored = report.array('hift_mel');
  const mel = new Tensor('float32', stored.values, [1, ...stored.shape]);
  const predictor = await openSession(join(folder, 'pitch-predictor.onnx'), session);
  const { pitch } = await predictor.run({ mel });
  await predictor.release();
  report.compare(STAGE, 'hift_f0', pitch!.data as Float32Array, 0.05);
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
  const source = report.array('hift_source').values;
  const results = await vocoder.run({ mel, source: new Tensor('float32', source, [1, 1, source.length]) });
  const spectrum = results['source_spectrum']!.data as Float32Array;
  const wanted = report.has('hift_source_stft') ? report.array('hift_source_stft').values.length : 0;
  report.compare(STAGE, 'hift_source_stft', spectrum.subarray(0, wanted), 1e-3);
  report.compare(STAGE, 'hift_wave', results['wave']!.data as Float32Array, 1e-4);
  await vocoder.release();
}

/** The end of the whole way from speech tokens to the wave. */
export async function proveWave(
  report: GoldenReport,
  folder: string,
  session: SessionSettings,
  mel: MelFrames,
  scattered: ScatteredVocoders,
  signal: AbortSignal,
): Promise<void> {
  const waveOf = async (vocoder: Vocoder) => (await vocoder.vocode(mel, new Float32Array(), signal)).samples;
  const vocoder = await Vocoder.open(folder, session, undefined);
  const wave = await waveOf(vocoder);
  await vocoder.release();
  const others: Float32Array[] = [];
  for (const other of scattered.vocoders) others.push(await waveOf(other));
  report.compare(STAGE, 'token2wav_offline_zero_noise', wave, WAVE, scattered.remark(WAVE, wave, others));
}
