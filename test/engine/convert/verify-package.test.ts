import { createHash } from 'node:crypto';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { VerificationFinding } from '../../../contract/model-conversion.ts';
import { convertModel } from '../../../engine/convert/convert-model.ts';
import { verifyPackage } from '../../../engine/convert/verify-package.ts';
import { never, scratchFolder, tinyCheckpoint } from '../tiny-model.ts';

let folder: string;
let dispose: () => void;
let original: string;
let copy: string;

beforeAll(async () => {
  ({ folder, dispose } = scratchFolder());
  original = join(folder, 'package');
  copy = join(folder, 'copy');
  const request = { checkpointFolder: tinyCheckpoint, outputFolder: original, precision: 'int4' } as const;
  for await (const _event of convertModel(request, {}, never));
});
afterAll(() => dispose());
beforeEach(() => {
  rmSync(copy, { recursive: true, force: true });
  cpSync(original, copy, { recursive: true });
});

async function findings(): Promise<{ good: boolean; bad: VerificationFinding[]; count: number }> {
  const bad: VerificationFinding[] = [];
  for await (const event of verifyPackage(copy, never)) {
    if (event.type === 'finding' && !event.finding.good) bad.push(event.finding);
    if (event.type === 'done') return { good: event.good, bad, count: event.findings };
  }
  throw new Error('the verification never ended');
}

/** Changes the weights and says in model.json that they belong so. */
function forge(change: (weights: Buffer) => void): void {
  const weights = readFileSync(join(copy, 'weights-1.bin'));
  change(weights);
  writeFileSync(join(copy, 'weights-1.bin'), weights);
  const manifest = JSON.parse(readFileSync(join(copy, 'model.json'), 'utf8')) as {
    files: { path: string; sha256: string }[];
  };
  const entry = manifest.files.find(({ path }) => path === 'weights-1.bin')!;
  entry.sha256 = createHash('sha256').update(weights).digest('hex');
  writeFileSync(join(copy, 'model.json'), JSON.stringify(manifest));
}

test('a package fresh from the converter is good', async () => {
  const { good, bad, count } = await findings();
  expect(bad).toEqual([]);
  expect(good).toBe(true);
  expect(count).toBeGreaterThan(35);
});

test('one changed bit is found, with the file it is in', async () => {
  const weights = readFileSync(join(copy, 'weights-1.bin'));
  weights[weights.length - 1]! ^= 1;
  writeFileSync(join(copy, 'weights-1.bin'), weights);
  const { good, bad } = await findings();
  expect(good).toBe(false);
  expect(bad).toMatchObject([{ kind: 'file', subject: 'weights-1.bin', reason: 'its SHA-256 differs' }]);
});

test('a missing file is found', async () => {
  rmSync(join(copy, 'speech-decoder.onnx'));
  expect((await findings()).bad).toMatchObject([{ kind: 'file', subject: 'speech-decoder.onnx' }]);
});

test('weights that compute something else are found even where the sums agree', async () => {
  forge((weights) => weights.fill(0, weights.length >> 1));
  const { good, bad } = await findings();
  expect(good).toBe(false);
  expect(bad.some(({ kind }) => kind === 'graph')).toBe(true);
});

test('a folder without model.json cannot be verified', async () => {
  rmSync(join(copy, 'model.json'));
  await expect(findings()).rejects.toMatchObject({ code: 'model-missing' });
});
