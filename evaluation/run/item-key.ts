import { createHash } from 'node:crypto';
import type { Item } from '../items.ts';
import type { Given } from './answer.ts';

/** Changes when questions are put otherwise, so that answers to older questions are not taken for new ones. */
const ASKING = 1;

/**
 * Names an answer: the same model asked the same question about the same sound. Where the file lies does not count.
 *
 * @param model what tells one model from another: id, version, where it runs
 * @param sound the bytes of the file
 */
export function itemKey(model: string, item: Item, sound: Uint8Array, given: Given): string {
  const { sound: _path, ...asked } = item;
  const content = createHash('sha256').update(sound).digest('hex');
  const described = JSON.stringify([ASKING, model, asked, content, given]);
  return createHash('sha256').update(described).digest('hex').slice(0, 32);
}
