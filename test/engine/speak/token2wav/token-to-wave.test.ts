import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseFlowConfig } from '../../../../engine/convert/flow-config.ts';
import { openTorchCheckpoint } from '../../../../engine/convert/torch-checkpoint.ts';
import { referencedInPlace } from '../../../../engine/convert/weight-source.ts';
import { writeFlowGraphs, writeVocoderGraphs } from '../../../../engine/convert/write-speech-graphs.ts';
import { excitation } from '../../../../engine/speak/token2wav/excitation.ts';
import { openFlowGraphs, releaseFlowGraphs } from '../../../../engine/speak/token2wav/flow-graphs.ts';
import { SeededFlowNoise, type FlowNoise } from '../../../../engine/speak/token2wav/flow-noise.ts';
import { flowTimes } from '../../../../engine/speak/token2wav/flow-solver.ts';
import { sliceFrames, type MelFrames } from '../../../../engine/speak/token2wav/mel-frames.ts';
import { melOfTokens, MelStream, type VoicePrompt } from '../../../../engine/speak/token2wav/mel-stream.ts';
import { SpeechTokenBuffer } from '../../../../engine/speak/token2wav/speech-token-buffer.ts';
import { TokenToWave } from '../../../../engine/speak/token2wav/token-to-wave.ts';
import { harmonicMix } from '../../../../engine/speak/token2wav/vocoder.ts';
import { hamming } from '../../../../engine/speak/token2wav/wave-stream.ts';
import { goldenFolder, hasGoldenFolder, readExpected } from '../../../golden/golden-folder.ts';
import { largestDifference } from '../../../golden/npy.ts';
import { never, processor, scratchFolder } from '../../tiny-model.ts';

const MEL_TOLERANCE = 1e-3;
const WAVE_TOLERANCE = 5e-3;
const PCM_TOLERANCE = 200;
const { folder, dispose } = scratchFolder();
afterAll(dispose);

function melOf(name: string): MelFrames {
  const { shape, values } = readExpected(name);
  return { bands: shape[0]!, frames: shape[1]!, values };
}

function goldenVoice(): VoicePrompt {
  const stored = readExpected('prompt_mel_padded');
  const [frames, bands] = stored.shape as [number, number];
  const values = new Float32Array(frames * bands);
  stored.values.forEach(
    (value, index) => (values[(index % bands) * frames + Math.floor(index / bands)] = value),
  );
  return {
    tokens: Array.from(readExpected<Int32Array>('prompt_speech_tokens').values),
    mel: { bands, frames, values },
    embedding: readExpected('spk_embedding').values,
  };
}

function goldenNoise(): FlowNoise {
  const table = melOf('flow_noise');
  return { columns: (from, frames) => sliceFrames(table, from, from + frames) };
}

/**
 * Over seconds the ninth harmonic turns a difference of 1e-4 Hz in the pitch, which is what single precision gives
 * in another order of additions, into a visible phase: a few samples of a long wave leave the tolerance.
 */
function shareBeyond(tolerance: number, actual: Float32Array, expected: Float32Array): number {
  return (
    actual.filter((value, index) => Math.abs(value - expected[index]!) > tolerance).length / actual.length
  );
}

/** Samples as the reference's 16-bit numbers. */
const toPcm = (samples: Float32Array) =>
  Float32Array.from(samples, (sample) => Math.trunc(Math.max(-1, Math.min(1, sample)) * 32_767));

describe.runIf(hasGoldenFolder)('speech tokens to sound', () => {
  const tokens = hasGoldenFolder ? Array.from(readExpected<Int32Array>('speech_tokens').values) : [];
  const settings = () => ({ steps: 10, noise: goldenNoise(), excitationNoise: undefined });
  let speaker: TokenToWave;

  beforeAll(async () => {
    const source = join(goldenFolder, 'model', 'token2wav');
    for (const name of ['flow.pt', 'hift.pt', 'flow.yaml'])
      copyFileSync(join(source, name), join(folder, name));
    const config = parseFlowConfig(readFileSync(join(folder, 'flow.yaml'), 'utf8'), 'flow.yaml');
    const weightsOf = (name: string) => referencedInPlace(openTorchCheckpoint(join(folder, name)), folder);
    const graphs = [
      ...writeFlowGraphs(config, weightsOf('flow.pt')),
      ...writeVocoderGraphs(weightsOf('hift.pt'), config.output_size),
    ];
    for (const [name, bytes] of graphs) writeFileSync(join(folder, name), bytes);
    speaker = await TokenToWave.open(folder, processor, settings());
  });
  afterAll(() => speaker.release());

  test('a whole utterance gives the reference mel and wave', async () => {
    const graphs = await openFlowGraphs(folder, processor);
    const mel = await melOfTokens(graphs, goldenVoice(), tokens, settings(), never);
    await releaseFlowGraphs(graphs);
    expect(largestDifference(mel.values, readExpected('flow_mel').values)).toBeLessThan(MEL_TOLERANCE);
    const samples = await speaker.speak(goldenVoice(), tokens, never);
    const expected = readExpected('token2wav_offline_zero_noise').values;
    expect(shareBeyond(WAVE_TOLERANCE, samples, expected)).toBeLessThan(1e-3);
    expect(largestDifference(samples, expected)).toBeLessThan(4 * WAVE_TOLERANCE);
  }, 60_000);

  test('a stream gives the reference mel of every piece, past the cut of its memory', async () => {
    const graphs = await openFlowGraphs(folder, processor);
    const stream = await MelStream.open(graphs, goldenVoice(), settings(), never);
    const buffer = new SpeechTokenBuffer(stream.lookAhead, 25);
    const pieces = [...tokens.flatMap((token) => buffer.push(token) ?? []), buffer.finish()!];
    for (const [index, piece] of pieces.entries()) {
      const mel = await stream.push(piece.tokens, piece.isLast, never);
      const expected = readExpected(`stream_chunk${index}_mel`).values;
      expect(largestDifference(mel.values, expected)).toBeLessThan(MEL_TOLERANCE);
    }
    expect(pieces).toHaveLength(5);
    await releaseFlowGraphs(graphs);
  }, 60_000);

  test('a stream gives the reference samples of every piece', async () => {
    let index = 0;
    for await (const samples of speaker.stream(goldenVoice(), tokens, never)) {
      const expected = readExpected<Int16Array>(`stream_chunk${index++}_pcm`).values;
      expect(largestDifference(toPcm(samples), expected)).toBeLessThan(PCM_TOLERANCE);
    }
    expect(index).toBe(5);
  }, 60_000);

  test('the times of the flow are the reference ones', () => {
    expect(largestDifference(flowTimes(10), readExpected('t_span').values)).toBeLessThan(1e-6);
  });

  test('the excitation is the reference one', () => {
    const drawn = readExpected('hift_noise').values;
    const mix = harmonicMix(openTorchCheckpoint(join(folder, 'hift.pt')));
    const source = excitation(readExpected('hift_f0').values, mix, () => drawn);
    expect(largestDifference(source, readExpected('hift_source').values)).toBeLessThan(2e-3);
  });

  test('the cross-fade window is the reference one', () => {
    const window = Array.from({ length: 7680 }, (_, index) => hamming(index));
    expect(largestDifference(window, readExpected('hamming_7680').values)).toBeLessThan(1e-6);
  });

  test('a stream stops between two runs', async () => {
    const controller = new AbortController();
    const listen = async () => {
      for await (const samples of speaker.stream(goldenVoice(), tokens, controller.signal)) {
        expect(samples.length).toBe(20_160);
        controller.abort(new Error('enough'));
      }
    };
    await expect(listen()).rejects.toThrow('enough');
  });

  test('a voice whose mel does not fit its tokens is refused', async () => {
    const voice = goldenVoice();
    const short = { ...voice, tokens: voice.tokens.slice(1) };
    await expect(speaker.stream(short, tokens, never).next()).rejects.toThrow(RangeError);
  });
});

describe('seeded noise', () => {
  test('is the same for the same seed and frame, whatever was asked before', () => {
    const [first, second] = [new SeededFlowNoise(3, 80), new SeededFlowNoise(3, 80)];
    first.columns(0, 40);
    expect(first.columns(20, 5)).toEqual(second.columns(20, 5));
    expect(new SeededFlowNoise(4, 80).columns(20, 5)).not.toEqual(second.columns(20, 5));
  });

  test('is standard normal', () => {
    const { values } = new SeededFlowNoise(1, 80).columns(0, 500);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    expect(Math.abs(mean)).toBeLessThan(0.02);
    expect(Math.abs(variance - 1)).toBeLessThan(0.03);
  });
});

test('pieces overlap by the look-ahead, and the first may be smaller', () => {
  const buffer = new SpeechTokenBuffer(3, 25, [10]);
  const tokens = Array.from({ length: 40 }, (_, index) => index);
  const pieces = [...tokens.flatMap((token) => buffer.push(token) ?? []), buffer.finish()];
  expect(pieces.map((piece) => [piece!.tokens[0], piece!.tokens.length, piece!.isLast])).toEqual([
    [0, 13, false],
    [10, 28, false],
    [35, 5, true],
  ]);
});
