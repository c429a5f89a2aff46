import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseFlowConfig, type FlowConfig } from '../../../engine/convert/flow-config.ts';
import { openTorchCheckpoint } from '../../../engine/convert/torch-checkpoint.ts';
import { referencedInPlace } from '../../../engine/convert/weight-source.ts';
import { writeFlowGraphs, writeVocoderGraphs } from '../../../engine/convert/write-speech-graphs.ts';
import { openSession, Tensor, type Tensors } from '../../../engine/onnx/session.ts';
import { goldenFolder, hasGoldenFolder, readExpected } from '../../golden/golden-folder.ts';
import { largestDifference } from '../../golden/npy.ts';
import { processor, scratchFolder } from '../tiny-model.ts';

const MEL_BANDS = 80;
const speech = join(goldenFolder, 'model', 'token2wav');
const { folder, dispose } = scratchFolder();
afterAll(dispose);

const floats = (values: Float32Array, ...shape: number[]) => new Tensor('float32', values, shape);
const zeros = (...shape: number[]) => floats(new Float32Array(shape.reduce((a, b) => a * b, 1)), ...shape);

async function run(name: string, feeds: Tensors): Promise<Tensors> {
  const session = await openSession(join(folder, `${name}.onnx`), processor);
  const results = await session.run(feeds);
  await session.release();
  return results;
}
const difference = (tensor: Tensor | undefined, expected: Float32Array) =>
  largestDifference(tensor!.data as Float32Array, expected);

describe.runIf(hasGoldenFolder)('the speaking networks, a whole utterance at once', () => {
  let config: FlowConfig;

  beforeAll(() => {
    config = parseFlowConfig(readFileSync(join(speech, 'flow.yaml'), 'utf8'), 'flow.yaml');
    for (const name of ['flow.pt', 'hift.pt']) copyFileSync(join(speech, name), join(folder, name));
    const flow = writeFlowGraphs(
      config,
      referencedInPlace(openTorchCheckpoint(join(folder, 'flow.pt')), folder),
    );
    for (const [name, bytes] of flow) writeFileSync(join(folder, name), bytes);
    writeVocoder('hift.pt');
  });

  function writeVocoder(checkpoint: string): void {
    const weights = referencedInPlace(openTorchCheckpoint(join(folder, checkpoint)), folder);
    for (const [name, bytes] of writeVocoderGraphs(weights, MEL_BANDS))
      writeFileSync(join(folder, name), bytes);
  }

  test('the flow encoder gives the reference features and mean', async () => {
    const tokens = [
      ...readExpected<Int32Array>('prompt_speech_tokens').values,
      ...readExpected<Int32Array>('speech_tokens').values,
    ];
    const { output_size: size, attention_heads: heads, num_blocks, num_up_blocks } = config.encoder;
    const past = Object.fromEntries(
      Array.from({ length: num_blocks + num_up_blocks }, (_, layer) => [
        `past_${layer}`,
        zeros(1, heads, 0, (2 * size) / heads),
      ]),
    );
    const { features, mu } = await run('flow-encoder', {
      tokens: new Tensor('int64', BigInt64Array.from(tokens, BigInt), [1, tokens.length]),
      padding: new Tensor('int64', BigInt64Array.of(3n), [1]),
      lookahead_columns: zeros(1, size, 2),
      upsampling_columns: zeros(1, size, 4),
      ...past,
    });
    expect(difference(features, readExpected('flow_encoder_out').values)).toBeLessThan(1e-3);
    expect(difference(mu, readExpected('flow_mu').values)).toBeLessThan(1e-3);
  });

  test('the speaker projection gives the reference vector', async () => {
    const embedding = readExpected('spk_embedding').values;
    const { speaker } = await run('speaker-projection', {
      embedding: floats(embedding, 1, embedding.length),
    });
    expect(difference(speaker, readExpected('flow_spk_proj').values)).toBeLessThan(1e-5);
  });

  test('the estimator gives both reference branches of the first step', async () => {
    const mu = readExpected('flow_mu');
    const frames = mu.shape[0]!;
    const prompt = readExpected('prompt_mel_padded');
    const noise = readExpected('flow_noise');
    const x = new Float32Array(MEL_BANDS * frames);
    const condition = new Float32Array(MEL_BANDS * frames);
    for (let band = 0; band < MEL_BANDS; band++) {
      const start = band * noise.shape[1]!;
      x.set(noise.values.subarray(start, start + frames), band * frames);
      for (let frame = 0; frame < prompt.shape[0]!; frame++) {
        condition[band * frames + frame] = prompt.values[frame * MEL_BANDS + band]!;
      }
    }
    const { depth, hidden_size: hidden, num_heads: heads, head_dim: headSize } = config.decoder.estimator;
    const caches = Object.fromEntries(
      Array.from({ length: depth }, (_, block) => [
        [`columns_${block}`, zeros(2, 2 * hidden, 2)],
        [`past_${block}`, zeros(2, heads, 0, 2 * headSize)],
      ]).flat() as [string, Tensor][],
    );
    const { velocity } = await run('flow-estimator', {
      x: floats(x, 1, MEL_BANDS, frames),
      mu: floats(mu.values, 1, frames, MEL_BANDS),
      speaker: floats(readExpected('flow_spk_proj').values, 1, MEL_BANDS),
      condition: floats(condition, 1, MEL_BANDS, frames),
      time: floats(readExpected('flow_t_steps').values.slice(0, 1), 1),
      ...caches,
    });
    const both = velocity!.data as Float32Array;
    const guided = readExpected('flow_estimator_step0_cond').values;
    const free = readExpected('flow_estimator_step0_uncond').values;
    expect(largestDifference(both.subarray(0, guided.length), guided)).toBeLessThan(1e-3);
    expect(largestDifference(both.subarray(guided.length), free)).toBeLessThan(1e-3);
  });

  test('the pitch predictor gives the reference pitch', async () => {
    const mel = readExpected('hift_mel');
    const { pitch } = await run('pitch-predictor', { mel: floats(mel.values, 1, ...mel.shape) });
    expect(difference(pitch, readExpected('hift_f0').values)).toBeLessThan(0.05);
  });

  test.each(['hift.pt', 'alt/hift-weight-g-v.pt'])(
    'the vocoder of %s gives the reference wave',
    async (name) => {
      copyFileSync(join(speech, name), join(folder, 'other.pt'));
      writeVocoder('other.pt');
      const mel = readExpected('hift_mel');
      const source = readExpected('hift_source').values;
      const { wave } = await run('hift-vocoder', {
        mel: floats(mel.values, 1, ...mel.shape),
        source: floats(source, 1, 1, source.length),
      });
      expect(difference(wave, readExpected('hift_wave').values)).toBeLessThan(1e-4);
    },
  );
});
