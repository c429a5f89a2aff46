import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ConversionEvent, ModelPrecision } from '../../../contract/model-conversion.ts';
import { convertModel } from '../../../engine/convert/convert-model.ts';
import { readGraphWeights } from '../../../engine/convert/graph-weights.ts';
import { openModelPackage, readManifest } from '../../../engine/convert/model-package.ts';
import { workFolderOf } from '../../../engine/convert/work-folder.ts';
import { GREEDY, Sampler } from '../../../engine/reason/sampler.ts';
import { SpeechDecoder } from '../../../engine/reason/speech-decoder.ts';
import { goldenFolder, hasGoldenFolder } from '../../golden/golden-folder.ts';
import { readGolden } from '../../golden/npy.ts';
import { never, processor, scratchFolder, tinyCheckpoint } from '../tiny-model.ts';

let folder: string;
let dispose: () => void;
let output: string;
beforeEach(() => {
  ({ folder, dispose } = scratchFolder());
  output = join(folder, 'package');
});
afterEach(() => dispose());

interface Changes {
  readonly checkpoint?: string;
  readonly largestFileBytes?: number;
}

/** Converts to the end, or until `stopAfter` says so. */
async function convert(
  precision: ModelPrecision | 'auto',
  changes: Changes = {},
  stopAfter: (event: ConversionEvent) => boolean = () => false,
): Promise<ConversionEvent[]> {
  const { checkpoint = tinyCheckpoint, ...options } = changes;
  const request = { checkpointFolder: checkpoint, outputFolder: output, precision };
  const events: ConversionEvent[] = [];
  for await (const event of convertModel(request, options, never)) {
    events.push(event);
    if (stopAfter(event)) break;
  }
  return events;
}

/** The largest error of the logits relative to the largest logit, and the tokens written. */
async function decoded(): Promise<{ error: number; tokens: number[] }> {
  const model = await openModelPackage(output, {}, never);
  const decoder = await SpeechDecoder.open(model, processor);
  try {
    const right = readGolden('llm_step_logits').values;
    const greedy = readGolden<Int32Array>('llm_greedy_tokens').values;
    let logits = await decoder.prefill(readGolden('llm_inputs_embeds').values, never);
    const tokens: number[] = [];
    let difference = 0;
    let size = 0;
    for (let step = 0; step <= greedy.length; step++) {
      logits.forEach((value, index) => {
        const expected = right[step * logits.length + index]!;
        difference += (value - expected) ** 2;
        size += expected ** 2;
      });
      if (step === greedy.length) break;
      tokens.push(new Sampler(GREEDY).choose(logits, new Set()));
      logits = await decoder.step(greedy[step]!, never);
    }
    return { error: Math.sqrt(difference / size), tokens };
  } finally {
    await decoder.release();
  }
}

const contents = (where = output): Record<string, Buffer> =>
  Object.fromEntries(
    readdirSync(where, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path.slice(where.length), readFileSync(path)]),
  );

describe('the official layout becomes a package that decodes', () => {
  const greedy = Array.from(readGolden<Int32Array>('llm_greedy_tokens').values);

  test.each([
    ['float32', 1e-5],
    ['float16', 1e-3],
    ['int4', 0.25],
  ] as const)('with weights as %s', async (precision, tolerance) => {
    const events = await convert(precision);
    expect(events[0]).toMatchObject({ type: 'plan', choice: { precision, reason: 'asked-for' } });
    expect(events.at(-1)).toMatchObject({ type: 'done', precision, packageFolder: output });
    const { error, tokens } = await decoded();
    expect(error).toBeLessThan(tolerance);
    if (precision !== 'int4') expect(tokens).toEqual(greedy);
    expect(readManifest(output)).toMatchObject({ precision, verified: { matrices: 29 } });
    expect(existsSync(workFolderOf(output))).toBe(false);
    const { matrices, others } = readGraphWeights(output, 'speech-decoder.onnx');
    expect(matrices).toHaveLength(15);
    for (const { values } of [...matrices, ...others]) expect(values.offset % 4096).toBe(0);
  });

  test('also when no file may hold more than a few tensors, and matrices are cut between rows', async () => {
    await convert('int4', { largestFileBytes: 200_000 });
    const { files, parts } = readManifest(output);
    expect(parts.weights).toBe('embedding.safetensors.index.json');
    expect(files.filter(({ path }) => path.startsWith('weights-')).length).toBeGreaterThan(5);
    for (const { path, bytes } of files)
      if (/\.(bin|safetensors)$/.test(path)) expect(bytes).toBeLessThanOrEqual(200_000);
    expect((await decoded()).error).toBeLessThan(0.25);
  });

  test('"auto" leaves a small model as it is', async () => {
    const [plan] = await convert('auto');
    expect(plan).toMatchObject({ choice: { precision: 'float32', reason: 'small-model' } });
  });
});

test('an interrupted conversion goes on where it stopped, and ends with the same bytes', async () => {
  const options = { largestFileBytes: 250_000 };
  await convert('int4', options);
  const whole = contents();
  rmSync(output, { recursive: true });
  const bytes = (event: ConversionEvent) => (event.type === 'progress' ? event.doneBytes : 0);
  await convert('int4', options, (event) => bytes(event) > 2_000_000);
  expect(existsSync(output)).toBe(false);
  expect(existsSync(join(workFolderOf(output), 'model.json'))).toBe(false);
  const [plan] = await convert('int4', options);
  expect(plan).toMatchObject({ type: 'plan', finishedBytes: expect.any(Number) });
  expect((plan as { finishedBytes: number }).finishedBytes).toBeGreaterThan(100_000);
  expect(contents()).toEqual(whole);
});

test('what was finished but has changed since is made again', async () => {
  const options = { largestFileBytes: 250_000 };
  await convert('int4', options, (event) => event.type === 'progress' && event.doneBytes > 2_000_000);
  const first = join(workFolderOf(output), 'weights-1.bin');
  const bytes = readFileSync(first);
  bytes[10]! ^= 1;
  writeFileSync(first, bytes);
  await convert('int4', options);
  await expect(openModelPackage(output, {}, never)).resolves.toBeDefined();
});

test('another precision, or another checkpoint, begins anew', async () => {
  await convert('int4', {}, (event) => event.type === 'progress' && event.stage === 'copy');
  const [plan] = await convert('float16');
  expect(plan).toMatchObject({ finishedBytes: 0 });
});

test('an earlier package stays until the new one is ready', async () => {
  await convert('float16');
  const before = contents();
  await convert('int4', {}, (event) => event.type === 'progress');
  expect(contents()).toEqual(before);
  await convert('int4');
  expect(readManifest(output).precision).toBe('int4');
  expect(readdirSync(folder)).toEqual(['package']);
});

describe('refused before anything is written:', () => {
  const changed = (change: (checkpoint: string) => void): string => {
    const checkpoint = join(folder, 'checkpoint');
    cpSync(tinyCheckpoint, checkpoint, { recursive: true });
    change(checkpoint);
    return checkpoint;
  };
  const refusal = (checkpoint: string) => convert('int4', { checkpoint });

  test('a folder that is no checkpoint', async () => {
    await expect(refusal(join(folder, 'absent'))).rejects.toMatchObject({ code: 'model-missing' });
    mkdirSync(join(folder, 'empty'));
    await expect(refusal(join(folder, 'empty'))).rejects.toMatchObject({ code: 'model-missing' });
  });

  test('an output folder that holds something else', async () => {
    mkdirSync(output);
    writeFileSync(join(output, 'letter.txt'), 'keep me');
    await expect(convert('int4')).rejects.toMatchObject({ code: 'model-folder-taken' });
    expect(readdirSync(output)).toEqual(['letter.txt']);
  });

  test('a shard that was not fetched whole', async () => {
    const checkpoint = changed((where) =>
      truncateSync(join(where, 'model-00002-of-00002.safetensors'), 5000),
    );
    await expect(refusal(checkpoint)).rejects.toMatchObject({ code: 'model-damaged' });
  });

  test('links that lead out of the checkpoint', async () => {
    const checkpoint = changed((where) => {
      cpSync(join(where, 'config.json'), join(folder, 'elsewhere.json'));
      rmSync(join(where, 'config.json'));
      symlinkSync(join(folder, 'elsewhere.json'), join(where, 'config.json'));
    });
    await expect(refusal(checkpoint)).rejects.toMatchObject({ code: 'model-damaged' });
    expect(existsSync(workFolderOf(output))).toBe(false);
  });

  test('but links into the blobs of a download cache are followed', async () => {
    const blobs = join(folder, 'cache', 'blobs');
    const snapshot = join(folder, 'cache', 'snapshots', 'one');
    cpSync(tinyCheckpoint, blobs, { recursive: true });
    mkdirSync(snapshot, { recursive: true });
    for (const name of readdirSync(blobs)) symlinkSync(join('..', '..', 'blobs', name), join(snapshot, name));
    const events = await refusal(snapshot);
    expect(events.at(-1)).toMatchObject({ type: 'done' });
  });
});

test('weights that are not numbers are refused by name', async () => {
  const checkpoint = join(folder, 'checkpoint');
  cpSync(tinyCheckpoint, checkpoint, { recursive: true });
  const shard = join(checkpoint, 'model-00001-of-00002.safetensors');
  const bytes = readFileSync(shard);
  bytes.writeUInt16LE(0x7fc0, bytes.length - 2);
  writeFileSync(shard, bytes);
  await expect(convert('int4', { checkpoint })).rejects.toMatchObject({
    code: 'model-damaged',
    details: { file: shard, reason: expect.stringContaining('no numbers') },
  });
  expect(existsSync(output)).toBe(false);
});

describe.runIf(hasGoldenFolder)('with its speaking half', () => {
  test('every graph of it stays close to the checkpoint', async () => {
    await convert('int4', { checkpoint: join(goldenFolder, 'model') });
    const { verified, speaks, speech } = readManifest(output);
    expect(speaks).toBe('token2wav');
    expect(speech?.vocoder).toBe('token2wav/hift-vocoder.onnx');
    expect(Object.keys(verified!.graphs)).toHaveLength(8);
    await expect(openModelPackage(output, {}, never)).resolves.toBeDefined();
  });
});
