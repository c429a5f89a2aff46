import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildPackage } from '../../../engine/convert/build-package.ts';
import { parseFlowConfig } from '../../../engine/convert/flow-config.ts';
import { openModelPackage, type ModelPackage } from '../../../engine/convert/model-package.ts';
import { decoderDimensions } from '../../../engine/convert/model-config.ts';
import { goldenFolder, hasGoldenFolder } from '../../golden/golden-folder.ts';
import { never, scratchFolder, tinyCheckpoint, tinyFacts } from '../tiny-model.ts';
import { SOFTWARE_CARD } from './software-card.ts';
import type { GraphFeed, GraphRun, ProviderComparison } from './compare-providers.ts';

const MEL_FRAMES = 60;
const TOKENS = 12;
const FRAMES = 12;
const SAMPLES_PER_FRAME = 480;
/** That of waves, whose samples are exponentials and sines of what shaders compute. */
const RELATIVE_TOLERANCE = 5e-3;

const { folder, dispose } = scratchFolder();
let model: ModelPackage;
let compared: ProviderComparison[];

const numbers = (...shape: number[]): GraphFeed => ({ type: 'float32', shape });
const whole = (type: 'int32' | 'int64', shape: number[], ...values: number[]): GraphFeed => ({
  type,
  shape,
  values,
});

function listeningAndReasoning(): GraphRun[] {
  const { melBands, encoderState, decoderHidden } = model.manifest.dimensions;
  const sizes = decoderDimensions(model.config.text_config);
  const caches = Array.from({ length: sizes.layers }, (_, layer) => [
    [`past_key_${layer}`, numbers(1, sizes.keyValueHeads, 32, sizes.headSize)],
    [`past_value_${layer}`, numbers(1, sizes.keyValueHeads, 32, sizes.headSize)],
  ]).flat();
  return [
    {
      graph: model.pathOf('audioEncoder'),
      feeds: { mel: numbers(1, melBands, MEL_FRAMES), length: whole('int64', [], MEL_FRAMES - 2) },
    },
    { graph: model.pathOf('audioAdaptor'), feeds: { features: numbers(1, FRAMES, encoderState) } },
    {
      graph: model.pathOf('speechDecoder'),
      feeds: {
        embeddings: numbers(1, TOKENS, decoderHidden),
        last_position: whole('int32', [1], TOKENS - 1),
        sequence_length: whole('int32', [], TOKENS),
        rows: whole('int64', [2], 0, TOKENS - 1),
        ...(Object.fromEntries(caches) as Record<string, GraphFeed>),
      },
    },
  ];
}

/** Flow and vocoder; the flow's encoder starts with empty caches, its estimator goes on with filled ones. */
function speaking(): GraphRun[] {
  const { flowConfig, flowEncoder, flowEstimator, pitchPredictor, vocoder } = model.manifest.speech!;
  const file = join(folder, flowConfig);
  const { encoder, decoder, output_size: bands } = parseFlowConfig(readFileSync(file, 'utf8'), file);
  const { depth, hidden_size: hidden, num_heads: heads, head_dim: headSize } = decoder.estimator;
  const size = encoder.output_size;
  const repeat = (count: number, feed: (index: number) => [string, GraphFeed]) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => feed(index)));
  const mel = numbers(1, bands, FRAMES);
  return [
    {
      graph: join(folder, flowEncoder),
      feeds: {
        tokens: whole('int64', [1, TOKENS], ...Array.from({ length: TOKENS }, (_, index) => 50 * index)),
        padding: whole('int64', [1], encoder.pre_lookahead_len),
        lookahead_columns: numbers(1, size, 2),
        upsampling_columns: numbers(1, size, 4),
        ...repeat(encoder.num_blocks + encoder.num_up_blocks, (layer) => [
          `past_${layer}`,
          numbers(1, encoder.attention_heads, 0, (2 * size) / encoder.attention_heads),
        ]),
      },
    },
    {
      graph: join(folder, flowEstimator),
      feeds: {
        x: mel,
        mu: numbers(1, FRAMES, bands),
        speaker: numbers(1, bands),
        condition: mel,
        time: numbers(1),
        ...repeat(depth, (block) => [`columns_${block}`, numbers(2, 2 * hidden, 2)]),
        ...repeat(depth, (block) => [`past_${block}`, numbers(2, heads, 7, 2 * headSize)]),
      },
    },
    { graph: join(folder, pitchPredictor), feeds: { mel } },
    { graph: join(folder, vocoder), feeds: { mel, source: numbers(1, 1, FRAMES * SAMPLES_PER_FRAME) } },
  ];
}

beforeAll(async () => {
  if (!existsSync(SOFTWARE_CARD)) return;
  cpSync(hasGoldenFolder ? join(goldenFolder, 'model') : tinyCheckpoint, folder, { recursive: true });
  await buildPackage(folder, { ...tinyFacts, speaks: hasGoldenFolder ? 'token2wav' : 'light-voice' }, never);
  model = await openModelPackage(folder, {}, never);
  const runsFile = join(folder, 'runs.json');
  writeFileSync(
    runsFile,
    JSON.stringify([...listeningAndReasoning(), ...(hasGoldenFolder ? speaking() : [])]),
  );
  const script = fileURLToPath(new URL('./compare-providers.ts', import.meta.url));
  const output = execFileSync(process.execPath, [script, 'webgpu', runsFile], {
    env: { ...process.env, VK_ICD_FILENAMES: SOFTWARE_CARD },
    encoding: 'utf8',
  });
  compared = output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as ProviderComparison);
}, 120_000);
afterAll(dispose);

test.runIf(existsSync(SOFTWARE_CARD))("WebGPU gives the processor's numbers for every graph", () => {
  const expected = ['audio-encoder.onnx', 'audio-adaptor.onnx', 'speech-decoder.onnx'];
  expect(compared.map(({ graph }) => graph)).toEqual(expect.arrayContaining(expected));
  for (const { graph, outputs } of compared) {
    for (const [name, [difference, largest]] of Object.entries(outputs))
      expect(difference, `${graph} ${name}`).toBeLessThanOrEqual(RELATIVE_TOLERANCE * Math.max(1, largest));
  }
});
