import { cpSync, existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildPackage } from '../../../engine/convert/build-package.ts';
import { openModelPackage, readManifest, type ModelPackage } from '../../../engine/convert/model-package.ts';
import { openSafetensors } from '../../../engine/convert/safetensors.ts';
import { openSession, Tensor } from '../../../engine/onnx/session.ts';
import { SpeechDecoder } from '../../../engine/reason/speech-decoder.ts';
import { largestDifference, readNpy } from '../../golden/npy.ts';
import { PlainNetworks, type Matrix } from './plain-networks.ts';
import { never, processor, scratchFolder, tinyFacts } from '../tiny-model.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const starter = join(root, 'models', 'starter');
const weights = join(starter, 'model.safetensors');
/** Activations that the trainer saves beside its checkpoints; not part of the repository. */
const reference = join(root, '.training', 'reference');
const TOLERANCE = 1e-3;

function referenceFits(): boolean {
  const logits = join(reference, 'decoder_logits.npy');
  const minute = 60_000;
  return (
    existsSync(logits) && existsSync(weights) && statSync(logits).mtimeMs > statSync(weights).mtimeMs - minute
  );
}
const read = (name: string) => readNpy(readFileSync(join(reference, `${name}.npy`)));

describe.runIf(existsSync(weights))('the starter', () => {
  test('goes through the same converter and opens', async () => {
    const { folder, dispose } = scratchFolder();
    for (const name of ['config.json', 'tokenizer.json', 'model.safetensors']) {
      cpSync(join(starter, name), join(folder, name));
    }
    await buildPackage(folder, tinyFacts, never);
    const model = await openModelPackage(folder, {}, never);
    const encoder = await openSession(model.pathOf('audioEncoder'), processor);
    expect(encoder.outputNames).toEqual(['features', 'ctc_log_probabilities', 'tag_logits']);
    const mel = new Tensor('float32', new Float32Array(128 * 100), [1, 128, 100]);
    const { ctc_log_probabilities: phones, features } = await encoder.run({ mel });
    expect([features!.dims, phones!.dims.slice(0, 2)]).toEqual([
      [1, 25, model.manifest.dimensions.encoderState],
      [1, 50],
    ]);
    const first = (phones!.data as Float32Array).subarray(0, phones!.dims[2]);
    expect(first.reduce((sum, value) => sum + Math.exp(value), 0)).toBeCloseTo(1, 3);
    await encoder.release();
    dispose();
  });

  test.runIf(referenceFits())('gives the activations that the trainer has', async () => {
    const { folder, dispose } = scratchFolder();
    for (const name of ['config.json', 'tokenizer.json', 'model.safetensors']) {
      cpSync(join(starter, name), join(folder, name));
    }
    await buildPackage(folder, tinyFacts, never);
    const model = await openModelPackage(folder, {}, never);
    const encoder = await openSession(model.pathOf('audioEncoder'), processor);
    const adaptor = await openSession(model.pathOf('audioAdaptor'), processor);
    const decoder = await SpeechDecoder.open(model, processor);
    const logMel = read('log_mel');
    const mel = new Tensor('float32', logMel.values, [1, ...logMel.shape.slice(-2)]);
    const heard = await encoder.run({ mel });
    const { audio_embeddings: rows } = await adaptor.run({ features: heard.features! });
    const logits = await decoder.prefill(read('decoder_rows').values, never);
    const differences = {
      features: largestDifference(heard.features!.data as Float32Array, read('encoder_out').values),
      phones: largestDifference(
        heard.ctc_log_probabilities!.data as Float32Array,
        read('ctc_log_probs').values,
      ),
      tags: largestDifference(heard.tag_logits!.data as Float32Array, read('tag_logits').values),
      rows: largestDifference(rows!.data as Float32Array, read('adapter_out').values),
      logits: largestDifference(logits, read('decoder_logits').values.slice(-logits.length)),
    };
    for (const difference of Object.values(differences)) expect(difference).toBeLessThan(TOLERANCE);
    await Promise.all([encoder.release(), adaptor.release(), decoder.release()]);
    dispose();
  });
});

describe.runIf(existsSync(weights))('the starter converted again', () => {
  const { folder, dispose } = scratchFolder();
  let model: ModelPackage;

  beforeAll(async () => {
    for (const name of ['config.json', 'tokenizer.json', 'model.safetensors']) {
      cpSync(join(starter, name), join(folder, name));
    }
    await buildPackage(folder, tinyFacts, never);
    model = await openModelPackage(folder, {}, never);
  });
  afterAll(dispose);

  test('has the very graphs that are shipped (else run engine/convert/build-starter.ts)', () => {
    for (const part of ['audioEncoder', 'audioAdaptor', 'speechDecoder'] as const) {
      const name = model.manifest.parts[part];
      const shipped = readManifest(starter).files.find(({ path }) => path === name);
      expect(
        readFileSync(join(folder, name)).equals(readFileSync(join(starter, name))),
        `${name} differs from the shipped one`,
      ).toBe(true);
      expect(model.manifest.files.find(({ path }) => path === name)).toEqual(shipped);
    }
  });

  test('computes what plain loops over its weights compute', async () => {
    const plain = new PlainNetworks(openSafetensors(weights), model.config);
    const frames = 24;
    const bands = model.manifest.dimensions.melBands;
    const mel = Float32Array.from({ length: bands * frames }, (_, index) => Math.sin(index * 0.37) * 0.7);
    const byFrame = Array.from({ length: frames }, (_, frame) =>
      Float64Array.from({ length: bands }, (_unused, band) => mel[band * frames + frame]!),
    );
    const encoder = await openSession(model.pathOf('audioEncoder'), processor);
    const adaptor = await openSession(model.pathOf('audioAdaptor'), processor);
    const decoder = await SpeechDecoder.open(model, processor);
    const heard = await encoder.run({ mel: new Tensor('float32', mel, [1, bands, frames]) });
    const { audio_embeddings: rows } = await adaptor.run({ features: heard.features! });
    const ids = [5, 17, 300, 2];
    const prompt = Float32Array.of(...(rows!.data as Float32Array), ...decoder.embeddings.rows(ids));
    const logits = await decoder.prefill(prompt, never);

    const features = plain.features(byFrame);
    const { hidden } = decoder.dimensions;
    const given = Array.from({ length: prompt.length / hidden }, (_, row) =>
      Float64Array.from(prompt.subarray(row * hidden, (row + 1) * hidden)),
    );
    const flat = (matrix: Matrix) => matrix.flatMap((row) => [...row]);
    const expected: [ArrayLike<number>, ArrayLike<number>][] = [
      [heard.features!.data as Float32Array, flat(features)],
      [heard.ctc_log_probabilities!.data as Float32Array, flat(plain.phones(features))],
      [heard.tag_logits!.data as Float32Array, flat(plain.tags(features))],
      [rows!.data as Float32Array, flat(plain.audioRows(features))],
      [logits, plain.logits(given).at(-1)!],
    ];
    for (const [actual, reference] of expected)
      expect(largestDifference(actual, reference)).toBeLessThan(TOLERANCE);
    await Promise.all([encoder.release(), adaptor.release(), decoder.release()]);
  });
});

describe.runIf(existsSync(join(starter, 'model.json')))('the shipped package', () => {
  test('is whole: model.json fits the files (else run engine/convert/build-starter.ts)', async () => {
    const model = await openModelPackage(starter, {}, never);
    expect(model.describe()).toMatchObject({ id: 'starter', speaks: 'light-voice', wordsReplies: false });
    expect(model.describe().bytes).toBeLessThan(25_000_000);
  });
});
