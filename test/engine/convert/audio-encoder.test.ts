import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ModelPackage } from '../../../engine/convert/model-package.ts';
import { openSession, Tensor, type OnnxSession } from '../../../engine/onnx/session.ts';
import { officialAudioRows } from '../../../engine/reason/audio-rows.ts';
import { largestDifference, readGolden } from '../../golden/npy.ts';
import segments from '../../golden/segments.json' with { type: 'json' };
import { processor, tinyPackage } from '../tiny-model.ts';

const ENCODER_TOLERANCE = 1e-3;
let model: ModelPackage;
let dispose: () => void;
let encoder: OnnxSession;
let adaptor: OnnxSession;

beforeAll(async () => {
  ({ model, dispose } = await tinyPackage());
  encoder = await openSession(model.pathOf('audioEncoder'), processor);
  adaptor = await openSession(model.pathOf('audioAdaptor'), processor);
});
afterAll(async () => {
  await encoder.release();
  await adaptor.release();
  dispose();
});

async function listen(utterance: number, unheardFrames: number) {
  const { shape, values } = readGolden(`logmel_${utterance}_0`);
  const length = BigInt64Array.of(BigInt(shape[1]! - unheardFrames));
  const mel = new Tensor('float32', values, [1, ...shape]);
  const { features } = await encoder.run({ mel, length: new Tensor('int64', length, []) });
  const { audio_embeddings: rows } = await adaptor.run({ features: features! });
  return { features: features!.data as Float32Array, rows: rows!.data as Float32Array };
}

test.each([0, 1])('utterance %i gives the reference features and adaptor rows', async (utterance) => {
  const { features, rows } = await listen(utterance, 2);
  const expectedFeatures = readGolden(`encoder_out_${utterance}`).values;
  const expectedRows = readGolden(`adapter_out_${utterance}_alone`).values;
  const valid = (actual: Float32Array, expected: Float32Array) => actual.subarray(0, expected.length);
  expect(largestDifference(valid(features, expectedFeatures), expectedFeatures)).toBeLessThan(
    ENCODER_TOLERANCE,
  );
  expect(largestDifference(valid(rows, expectedRows), expectedRows)).toBeLessThan(ENCODER_TOLERANCE);
});

test.each([0, 1])('utterance %i heard to its very end differs as the reference does', async (utterance) => {
  const { rows } = await listen(utterance, 0);
  const expected = readGolden(`adapter_out_${utterance}_fullmask`).values;
  expect(largestDifference(rows.subarray(0, expected.length), expected)).toBeLessThan(ENCODER_TOLERANCE);
});

test('the number of audio rows is the official one for every length in the table', () => {
  const table = segments.token_count_table as [number, number, number][];
  expect(table.map(([, melFrames]) => officialAudioRows(melFrames))).toEqual(table.map(([, , rows]) => rows));
});
