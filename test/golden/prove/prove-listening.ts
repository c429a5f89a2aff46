import { logMel } from '../../../engine/listen/log-mel.ts';
import { melFilters } from '../../../engine/listen/mel-filters.ts';
import { resample } from '../../../engine/listen/resampler.ts';
import { readWav } from '../../../engine/listen/wav-file.ts';
import type { ModelPackage } from '../../../engine/convert/model-package.ts';
import { openSession, Tensor, type SessionSettings } from '../../../engine/onnx/session.ts';
import { officialAudioRows } from '../../../engine/reason/audio-rows.ts';
import type { GoldenReport } from './golden-report.ts';

const STAGE = 'listen';
const SAMPLE_RATE = 16_000;
const SEGMENT_SAMPLES = 25 * SAMPLE_RATE;
const SILENT_TAIL = 479;
const HIGHEST_HZ = 8000;

interface Segment {
  readonly wav: string;
  readonly segment: number;
  readonly tokens: number;
}
export const segmentsOf = (report: GoldenReport) => report.json<{ segments: Segment[] }>('segments').segments;

export const isPrompt = (name: string) => name.startsWith('prompt');

/** Resampling, filters, log-mel, encoder and adaptor, from the WAV files on. */
export async function proveListening(
  report: GoldenReport,
  model: ModelPackage,
  settings: SessionSettings,
): Promise<void> {
  await report.part(STAGE, 'mel filters', () => {
    for (const [name, rate] of [
      ['mel_filters_16k_', SAMPLE_RATE],
      ['mel_filters_24k_', 24_000],
    ] as const) {
      for (const bands of report.namesAfter(name)) proveFilters(report, name + bands, rate);
    }
  });
  await report.part(STAGE, 'resampling', () => {
    const names = report.inputNames().filter((name) => !isPrompt(name));
    const other = names
      .map((name) => readWav(report.input(name)))
      .find(({ sampleRate }) => sampleRate !== SAMPLE_RATE)!;
    const samples = resample(other.channels[0]!, other.sampleRate, SAMPLE_RATE);
    report.compare(STAGE, 'resample_to_16k', samples, 1e-5);
  });
  await report.part(STAGE, 'prompt', () => {
    const prompt = at16k(report, report.inputNames().find(isPrompt)!);
    report.compare(STAGE, 'prompt_16k', prompt, 1e-5);
    report.compare(STAGE, 'prompt_s3_logmel', logMel(prompt, { padSamples: 0 }).values, 1e-3);
  });
  await report.part(STAGE, 'segments', () => proveSegments(report, model, settings));
}

async function proveSegments(
  report: GoldenReport,
  model: ModelPackage,
  settings: SessionSettings,
): Promise<void> {
  const encoder = await openSession(model.pathOf('audioEncoder'), settings);
  const adaptor = await openSession(model.pathOf('audioAdaptor'), settings);
  const segments = segmentsOf(report);
  const wavs = [...new Set(segments.map(({ wav }) => wav))];
  const lengths: { encoder: number[]; adapter: number[] } = { encoder: [], adapter: [] };
  for (const [index, { wav, segment }] of segments.entries()) {
    const samples = at16k(report, wav).subarray(segment * SEGMENT_SAMPLES, (segment + 1) * SEGMENT_SAMPLES);
    const { frames, values, bands } = logMel(samples, { padSamples: SILENT_TAIL });
    report.compare(STAGE, `logmel_${wavs.indexOf(wav)}_${segment}`, values, 1e-3);
    const mel = new Tensor('float32', values, [1, bands, frames]);
    const listen = async (length: number) => {
      const { features } = await encoder.run({
        mel,
        length: new Tensor('int64', BigInt64Array.of(BigInt(length)), []),
      });
      const { audio_embeddings: rows } = await adaptor.run({ features: features! });
      return { features: features!.data as Float32Array, rows: rows!.data as Float32Array };
    };
    const compare = (name: string, actual: Float32Array) => {
      if (!report.has(name)) return;
      const { values: expected } = report.array(name);
      report.compare(STAGE, name, actual.subarray(0, expected.length), 1e-3);
    };
    const heard = await listen(frames - 2);
    compare(`encoder_out_${index}`, heard.features);
    compare(`adapter_out_${index}`, heard.rows);
    compare(`adapter_out_${index}_alone`, heard.rows);
    if (report.has(`adapter_out_${index}_fullmask`))
      compare(`adapter_out_${index}_fullmask`, (await listen(frames)).rows);
    lengths.encoder.push(Math.floor(Math.floor((frames - 1) / 2) / 2));
    lengths.adapter.push(officialAudioRows(frames));
  }
  report.compare(STAGE, 'encoder_lens', lengths.encoder, 0);
  report.compare(STAGE, 'adapter_lens', lengths.adapter, 0);
  await Promise.all([encoder.release(), adaptor.release()]);
}

function at16k(report: GoldenReport, name: string): Float32Array {
  const { channels, sampleRate } = readWav(report.input(name));
  return sampleRate === SAMPLE_RATE ? channels[0]! : resample(channels[0]!, sampleRate, SAMPLE_RATE);
}

/** The number of bands and the size of the transform are the expected array's. */
function proveFilters(report: GoldenReport, name: string, rate: number): void {
  const [bands, bins] = report.array(name).shape as [number, number];
  const dense = new Float32Array(bands * bins);
  melFilters(bands, 2 * (bins - 1), rate, HIGHEST_HZ).forEach(({ firstBin, weights }, band) => {
    dense.set(weights, band * bins + firstBin);
  });
  report.compare(STAGE, name, dense, 1e-6);
}
