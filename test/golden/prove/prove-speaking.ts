import { join } from 'node:path';
import type { ModelPackage } from '../../../engine/convert/model-package.ts';
import { SPEECH_FOLDER } from '../../../engine/convert/speech-parts.ts';
import { Tensor, type SessionSettings } from '../../../engine/onnx/session.ts';
import { FlowEncoderStream } from '../../../engine/speak/token2wav/flow-encoder-stream.ts';
import {
  openFlowGraphs,
  releaseFlowGraphs,
  type FlowGraphs,
} from '../../../engine/speak/token2wav/flow-graphs.ts';
import type { FlowNoise } from '../../../engine/speak/token2wav/flow-noise.ts';
import { emptyEstimatorCaches, flowTimes } from '../../../engine/speak/token2wav/flow-solver.ts';
import {
  joinFrames,
  silentFrames,
  sliceFrames,
  type MelFrames,
} from '../../../engine/speak/token2wav/mel-frames.ts';
import {
  melOfTokens,
  MelStream,
  type FlowSettings,
  type VoicePrompt,
} from '../../../engine/speak/token2wav/mel-stream.ts';
import { SpeechTokenBuffer } from '../../../engine/speak/token2wav/speech-token-buffer.ts';
import { Vocoder } from '../../../engine/speak/token2wav/vocoder.ts';
import { hamming, WaveStream } from '../../../engine/speak/token2wav/wave-stream.ts';
import type { GoldenReport } from './golden-report.ts';
import { ScatteredVocoders } from './pitch-scatter.ts';
import { proveVocoder, proveWave } from './prove-vocoder.ts';

const STAGE = 'speak';
/** Of 32767. */
const PCM = 200;

/** Flow, vocoder and the whole way from speech tokens to sound, at once and streaming. */
export async function proveSpeaking(
  report: GoldenReport,
  model: ModelPackage,
  session: SessionSettings,
  signal: AbortSignal,
): Promise<void> {
  const folder = join(model.folder, SPEECH_FOLDER);
  const tokens = Array.from(report.array<Int32Array>('speech_tokens').values);
  const table = melOf(report, 'flow_noise');
  report.given('flow_noise', 'speech_tokens');
  const steps = report.array('flow_t_steps').values.length;
  const settings: FlowSettings = {
    steps,
    noise: { columns: (from, frames) => sliceFrames(table, from, from + frames) },
  };
  report.compare(STAGE, 't_span', flowTimes(steps), 1e-6);
  report.compare(STAGE, 'flow_t_steps', flowTimes(steps).slice(0, -1), 1e-6);
  for (const length of report.namesAfter('hamming_')) {
    const window = Array.from({ length: Number(length) }, (_, index) => hamming(index));
    report.compare(STAGE, `hamming_${length}`, window, 1e-6);
  }
  const voice = voiceOf(report);
  const graphs = await openFlowGraphs(folder, session);
  const embedding = new Tensor('float32', voice.embedding, [1, voice.embedding.length]);
  const { speaker } = await graphs.speakerProjection.run({ embedding });
  report.compare(STAGE, 'flow_spk_proj', speaker!.data as Float32Array, 1e-5);
  await report.part(STAGE, 'first step of the flow', () =>
    proveFlow(report, graphs, voice, tokens, settings.noise, signal),
  );
  const mel = await melOfTokens(graphs, voice, tokens, settings, signal);
  report.compare(STAGE, 'flow_mel', mel.values, 1e-3);
  await report.part(STAGE, 'vocoder', () => proveVocoder(report, folder, session));
  const scattered = await ScatteredVocoders.open(report, folder, session, mel);
  await report.part(STAGE, 'tokens to sound', () =>
    proveWave(report, folder, session, mel, scattered, signal),
  );
  await report.part(STAGE, 'stream', async () => {
    const vocoder = await Vocoder.open(folder, session, undefined);
    await proveStream(report, graphs, voice, tokens, settings, { vocoder, scattered }, signal);
    await vocoder.release();
  });
  await scattered.release();
  await releaseFlowGraphs(graphs);
}

/** The encoder's results and both branches of the flow's first step, a whole utterance at once. */
async function proveFlow(
  report: GoldenReport,
  graphs: FlowGraphs,
  voice: VoicePrompt,
  tokens: readonly number[],
  noise: FlowNoise,
  signal: AbortSignal,
): Promise<void> {
  const { features, mu } = await new FlowEncoderStream(graphs).run(
    [...voice.tokens, ...tokens],
    true,
    signal,
  );
  report.compare(STAGE, 'flow_encoder_out', features!.data as Float32Array, 1e-3);
  report.compare(STAGE, 'flow_mu', mu!.data as Float32Array, 1e-3);
  const { bands } = voice.mel;
  const frames = mu!.dims[1]!;
  const start = new Tensor('float32', noise.columns(0, frames).values, [1, bands, frames]);
  const speaker = new Tensor('float32', report.array('flow_spk_proj').values, [1, bands]);
  const condition = joinFrames(voice.mel, silentFrames(bands, frames - voice.mel.frames)).values;
  const { velocity } = await graphs.estimator.run({
    x: start,
    mu: mu!,
    speaker,
    condition: new Tensor('float32', condition, [1, bands, frames]),
    time: new Tensor('float32', Float32Array.of(0), [1]),
    ...emptyEstimatorCaches(graphs.config),
  });
  const [guided, free] = [0, 1].map((branch) =>
    (velocity!.data as Float32Array).subarray(branch * bands * frames, (branch + 1) * bands * frames),
  );
  report.compare(STAGE, 'flow_estimator_step0_cond', guided!, 1e-3);
  report.compare(STAGE, 'flow_estimator_step0_uncond', free!, 1e-3);
}

/** Piece by piece in the set's own schedule: means, mel and samples, past the cut of the flow's memory. */
async function proveStream(
  report: GoldenReport,
  graphs: FlowGraphs,
  voice: VoicePrompt,
  tokens: readonly number[],
  settings: FlowSettings,
  vocoders: { readonly vocoder: Vocoder; readonly scattered: ScatteredVocoders },
  signal: AbortSignal,
): Promise<void> {
  const { chunk_tokens: advance } = report.json<{ chunk_tokens: number }>('stream');
  const melStream = await MelStream.open(graphs, voice, settings, signal);
  const encoderStream = new FlowEncoderStream(graphs);
  await encoderStream.push([...voice.tokens, ...voice.tokens.slice(0, melStream.lookAhead)], false, signal);
  proveColumns(report, encoderStream);
  const { vocoder, scattered } = vocoders;
  const waveStream = new WaveStream(vocoder);
  const otherStreams = scattered.vocoders.map((other) => new WaveStream(other));
  const buffer = new SpeechTokenBuffer(melStream.lookAhead, advance);
  const pieces = [...tokens.flatMap((token) => buffer.push(token) ?? []), buffer.finish()!];
  for (const [index, piece] of pieces.entries()) {
    const mean = await encoderStream.push(piece.tokens, piece.isLast, signal);
    report.compare(STAGE, `stream_chunk${index}_mu`, mean.data as Float32Array, 1e-3);
    const mel = await melStream.push(piece.tokens, piece.isLast, signal);
    report.compare(STAGE, `stream_chunk${index}_mel`, mel.values, 1e-3);
    const pcm = (await waveStream.push(mel, piece.isLast, signal)).map(toPcm);
    const others: Float32Array[] = [];
    for (const other of otherStreams) others.push((await other.push(mel, piece.isLast, signal)).map(toPcm));
    report.compare(STAGE, `stream_chunk${index}_pcm`, pcm, PCM, scattered.remark(PCM, pcm, others));
  }
}

/** The convolution columns after the prompt, look-ahead first: [channel, 2 + 4]. */
function proveColumns(report: GoldenReport, stream: FlowEncoderStream): void {
  const parts = ['lookahead_columns', 'upsampling_columns'].map((name) => stream.caches[name]!);
  const width = parts.reduce((sum, part) => sum + part.dims[2]!, 0);
  const columns = new Float32Array(parts[0]!.dims[1]! * width);
  let offset = 0;
  for (const part of parts) {
    const [, channels, count] = part.dims as [number, number, number];
    for (let channel = 0; channel < channels; channel++) {
      const row = (part.data as Float32Array).subarray(channel * count, (channel + 1) * count);
      columns.set(row, channel * width + offset);
    }
    offset += count;
  }
  report.compare(STAGE, 'stream_setup_conformer_cnn', columns, 1e-3);
}

function melOf(report: GoldenReport, name: string): MelFrames {
  const { shape, values } = report.array(name);
  return { bands: shape[0]!, frames: shape[1]!, values };
}

/** The prompt's mel is stored frame by frame. */
function voiceOf(report: GoldenReport): VoicePrompt {
  const stored = report.array('prompt_mel_padded');
  const [frames, bands] = stored.shape as [number, number];
  const values = new Float32Array(frames * bands);
  for (let band = 0; band < bands; band++) {
    for (let frame = 0; frame < frames; frame++)
      values[band * frames + frame] = stored.values[frame * bands + band]!;
  }
  return {
    tokens: Array.from(report.array<Int32Array>('prompt_speech_tokens').values),
    mel: { bands, frames, values },
    embedding: report.array('spk_embedding').values,
  };
}

function toPcm(sample: number): number {
  return Math.trunc(Math.max(-1, Math.min(1, sample)) * 32_767);
}
