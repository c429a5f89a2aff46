import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { SpeechDecoder } from '../../../engine/reason/speech-decoder.ts';
import { largestDifference } from '../../golden/npy.ts';
import { never, processor, tinyPackage } from '../tiny-model.ts';

const TOLERANCE = 1e-4;
/** Past the memory's first size, so that it has to grow. */
const LONGEST = 560;
const ids = fc.array(fc.nat(400), { minLength: 2, maxLength: 24 });
const bounded = { numRuns: 12, seed: 3 };

let decoder: SpeechDecoder;
let dispose: () => void;

beforeAll(async () => {
  const { model, dispose: remove } = await tinyPackage();
  dispose = remove;
  decoder = await SpeechDecoder.open(model, processor);
});
afterAll(async () => {
  await decoder.release();
  dispose();
});
beforeEach(() => decoder.reset());

/** Logits after the last token of a sequence that is fed whole into an empty memory. */
async function whole(sequence: readonly number[]): Promise<Float32Array> {
  decoder.reset();
  return decoder.append(sequence, never);
}

test('a prompt and steps give at every position what the whole sequence gives', async () => {
  await fc.assert(
    fc.asyncProperty(ids, fc.nat(), async (sequence, cut) => {
      const start = 1 + (cut % (sequence.length - 1));
      const stepped = [await whole(sequence.slice(0, start))];
      for (const id of sequence.slice(start)) stepped.push(await decoder.step(id, never));
      for (const [step, logits] of stepped.entries())
        expect(largestDifference(logits, await whole(sequence.slice(0, start + step)))).toBeLessThan(
          TOLERANCE,
        );
    }),
    bounded,
  );
});

test('whatever was said after a mark leaves no trace once it is taken back', async () => {
  await fc.assert(
    fc.asyncProperty(ids, ids, ids, async (shared, dropped, kept) => {
      await whole(shared);
      const mark = decoder.mark();
      await decoder.append(dropped, never);
      decoder.truncate(mark);
      expect(decoder.position).toBe(shared.length);
      const logits = await decoder.append(kept, never);
      expect(largestDifference(logits, await whole([...shared, ...kept]))).toBeLessThan(TOLERANCE);
    }),
    bounded,
  );
});

test('branches from one mark do not see each other', async () => {
  const [shared, ...branches] = [
    [3, 1, 4, 1, 5],
    [9, 2, 6],
    [5, 3, 5, 8],
    [9, 2, 7],
  ];
  await whole(shared!);
  const mark = decoder.mark();
  const found: Float32Array[] = [];
  for (const branch of branches) {
    decoder.truncate(mark);
    found.push(await decoder.append(branch, never));
    await decoder.append([12, 13], never);
  }
  for (const [index, branch] of branches.entries())
    expect(largestDifference(found[index]!, await whole([...shared!, ...branch]))).toBeLessThan(TOLERANCE);
});

test('a long sequence survives the growth of the memory', async () => {
  const sequence = Array.from({ length: LONGEST }, (_, index) => (index * 37) % 400);
  const once = await whole(sequence);
  decoder.reset();
  let logits: Float32Array = new Float32Array();
  for (let at = 0; at < sequence.length; at += 90)
    logits = await decoder.append(sequence.slice(at, at + 90), never);
  expect(largestDifference(logits, once)).toBeLessThan(TOLERANCE);
});
