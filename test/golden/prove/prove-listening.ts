import { logMel } from '../../../engine/listen/log-mel.ts';
import { melFilters } from '../../../engine/listen/mel-filters.ts';
import { resample } from '../../../engine/listen/resampler.ts';
import { readWav } from '../../../engine/listen/wav-file.ts';
import type { ModelPackage } from '../../../engine/convert/model-package.ts';
import { openSession, Tensor, type SessionSettings } from '../../../engine/onnx/session.ts';
import type { GoldenReport } from './golden-report.ts';

const STAGE = 'listen';
const SAMPLE_RATE = 16_000;
const SEGMENT_SAMPLES = 25 * SAMPLE_RATE;
const SILENT_TAIL = 479;

interface Segment {
  readonly wav: string;
  readonly segment: number;
  readonly tokens: number;
}
export const segmentsOf = (report: GoldenReport) => report.json<{ segments: Segment[] }>('segments').segments;

/** Resampling, filters, log-mel, encoder and adaptor, from the WAV files on. */
export async function proveListening(
  report: GoldenReport,
  model: ModelPackage,
  settings: SessionSettings,
): Promise<void> {
  proveFilters(report, 'mel_filters_16k_128', 128, 400, SAMPLE_RATE);
  proveFilters(report, 'mel_filters_24k_80', 80, 1920, 24_000);
  const other = readWav(report.input('user-48k.wav'));
  report.compare(STAGE, 'resample_to_16k', resample(other.channels[0]!, other.sampleRate, SAMPLE_RATE), 1e-5);
  const prompt = at16k(report, 'prompt.wav');
  report.compare(STAGE, 'prompt_16k', prompt, 1e-5);
  report.compare(STAGE, 'prompt_s3_logmel', logMel(prompt, { padSamples: 0 }).values, 1e-3);

  const encoder = await openSession(model.pathOf('audioEncoder'), settings);
  const adaptor = await openSession(model.pathOf('audioAdaptor'), settings);
  const wavs = [...new Set(segmentsOf(report).map(({ wav }) => wav))];
  const lengths: { encoder: number[]; adapter: number[] } = { encoder: [], adapter: [] };
  for (const [index, { wav, segment, tokens }] of segmentsOf(report).entries()) {
    const samples = at16k(report, wav).subarray(segment * SEGMENT_SAMPLES, (segment + 1) * SEGMENT_SAMPLES);
    const { frames, values } = logMel(samples, { padSamples: SILENT_TAIL });
    report.compare(STAGE, `logmel_${wavs.indexOf(wav)}_${segment}`, values, 1e-3);
    const mel = new Tensor('float32', values, [1, 128, frames]);
    const listen = async (length: number) => {
      const { features } = await encoder.run({
        mel,
        length: new Tensor('int64', BigInt64Array.of(BigInt(length)), []),
      });
      const { audio_embeddings: rows } = await adaptor.run({ features: features! });
      return { features: features!.data as Float32Array, rows: rows!.data as Float32Array };
    };
    const compare = (name: string, actual: Float32Array) => {
      if (report.has(name))
        report.compare(STAGE, name, actual.subarray(0, report.array(name).values.length), 1e-3);
    };
    const heard = await listen(frames - 2);
    compare(`encoder_out_${index}`, heard.features);
    compare(`adapter_out_${index}`, heard.rows);
    compare(`adapter_out_${index}_alone`, heard.rows);
    compare(`adapter_out_${index}_fullmask`, (await listen(frames)).rows);
    lengths.encoder.push(Math.floor(Math.floor((frames - 1) / 2) / 2));
    lengths.adapter.push(tokens);
  }
  report.compare(STAGE, 'encoder_lens', lengths.encoder, 0);
  report.compare(STAGE, 'adapter_lens', lengths.adapter, 0);
  await Promise.all([encoder.release(), adaptor.release()]);
}

function at16k(report: GoldenReport, name: string): Float32Array {
  const { channels, sampleRate } = readWav(report.input(name));
  return sampleRate === SAMPLE_RATE ? channels[0]! : resample(channels[0]!, sampleRate, SAMPLE_RATE);
}

function proveFilters(
  report: GoldenReport,
  name: string,
  bands: number,
  fourierSize: number,
  rate: number,
): void {
  const bins = fourierSize / 2 + 1;
  const dense = new Float32Array(bands * bins);
  melFilters(bands, fourierSize, rate, 8000).forEach(({ firstBin, weights }, band) => {
    dense.set(weights, band * bins + firstBin);
  });
  report.compare(STAGE, name, dense, 1e-6);
}
