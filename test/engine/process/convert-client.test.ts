import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ConversionEvent } from '../../../contract/model-conversion.ts';
import { readManifest } from '../../../engine/convert/model-package.ts';
import { workFolderOf } from '../../../engine/convert/work-folder.ts';
import { startConversion } from '../../../engine/process/convert-client.ts';
import { writeRandomCheckpoint } from '../convert/random-checkpoint.ts';
import { never, scratchFolder, tinyCheckpoint } from '../tiny-model.ts';

let folder: string;
let dispose: () => void;
let output: string;
beforeEach(() => {
  ({ folder, dispose } = scratchFolder());
  output = join(folder, 'package');
});
afterEach(() => dispose());

const request = (checkpointFolder = tinyCheckpoint) =>
  ({ checkpointFolder, outputFolder: output, precision: 'int4' }) as const;

test('a package made and verified in another process is good', async () => {
  const conversion = startConversion();
  const types = new Set<string>();
  for await (const event of conversion.convert(request(), never)) types.add(event.type);
  expect([...types]).toEqual(['plan', 'progress', 'done']);
  let verdict: boolean | undefined;
  for await (const event of conversion.verify(output, never)) if (event.type === 'done') verdict = event.good;
  expect(verdict).toBe(true);
});

test('aborting ends the process at once, with the reason of the signal', async () => {
  const controller = new AbortController();
  const run = async () => {
    for await (const event of startConversion().convert(request(), controller.signal)) {
      if (event.type === 'plan') controller.abort(new Error('enough'));
    }
  };
  await expect(run()).rejects.toThrow('enough');
  expect(existsSync(output)).toBe(false);
});

test('errors a person can act on cross over with their facts', async () => {
  const events = startConversion().convert(request(join(folder, 'absent')), never);
  await expect(events.next()).rejects.toMatchObject({ code: 'model-missing' });
});

describe.runIf(process.env['SOTTO_SLOW_TESTS'])('a checkpoint of some hundred megabytes', () => {
  const sizes = {
    hidden: 1024,
    intermediate: 4096,
    layers: 6,
    heads: 8,
    keyValueHeads: 2,
    vocabulary: 60_000,
    encoderState: 512,
    encoderLayers: 4,
  };
  const tokenizer = join(import.meta.dirname, '..', '..', '..', 'models', 'starter', 'tokenizer.json');
  const program = join(import.meta.dirname, 'measured-conversion.ts');

  test('is converted within little memory, whatever its size', { timeout: 600_000 }, async () => {
    const checkpoint = join(folder, 'checkpoint');
    expect(writeRandomCheckpoint(checkpoint, sizes, tokenizer)).toBeGreaterThan(400e6);
    const words = ['--max-old-space-size=128', program, checkpoint, output];
    const { stdout } = await promisify(execFile)(process.execPath, words);
    expect(Number(stdout.trim())).toBeLessThan(700);
  });

  test('survives kill -9 at any moment and ends with the same package', { timeout: 900_000 }, async () => {
    const checkpoint = join(folder, 'checkpoint');
    writeRandomCheckpoint(checkpoint, { ...sizes, layers: 2, vocabulary: 8000 }, tokenizer);
    let kills = 0;
    let last: ConversionEvent | undefined;
    while (last?.type !== 'done') {
      const controller = new AbortController();
      const timer = setTimeout(() => controller.abort(), 2000 * 2 ** kills);
      try {
        for await (const event of startConversion().convert(request(checkpoint), controller.signal))
          last = event;
      } catch {
        kills += 1;
        expect(existsSync(join(output, 'model.json'))).toBe(false);
      } finally {
        clearTimeout(timer);
      }
    }
    expect(existsSync(workFolderOf(output))).toBe(false);
    const interrupted = readManifest(output).files;
    for await (const _event of startConversion().convert(request(checkpoint), never));
    expect(kills).toBeGreaterThan(0);
    expect(readManifest(output).files).toEqual(interrupted);
  });
});
