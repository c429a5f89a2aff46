import { crc32 } from 'node:zlib';
import { wordStem } from './word-stem.ts';

/** Sentences are cut off here for pairs. */
const MOST_WORDS_IN_PAIRS = 12;

/** Buckets of words, stems and neighbours, as models/starter/training/intent_features.py counts them. */
export function neighbourFeatures(words: readonly string[], buckets: number): number[] {
  const said = ['<', ...words, '>'];
  const stems = said.map(wordStem);
  const names = [`n${Math.min(words.length, 12)}`];
  for (const word of words) names.push(`w ${word}`);
  for (const stem of stems.slice(1, -1)) names.push(`s ${stem}`);
  for (let at = 1; at < said.length; at++) names.push(`b ${said[at - 1]} ${said[at]}`);
  for (let at = 2; at < said.length; at++) names.push(`k ${stems[at - 2]} ${stems[at]}`);
  for (let at = 2; at < said.length; at++) names.push(`t ${said[at - 2]} ${said[at - 1]} ${said[at]}`);
  return names.map((name) => crc32(name) % buckets);
}

/** Buckets of the unordered pairs of different stems. */
export function pairFeatures(words: readonly string[], buckets: number): number[] {
  const stems = [...new Set(words.map(wordStem))].slice(0, MOST_WORDS_IN_PAIRS).sort();
  return stems.flatMap((one, index) => stems.slice(index).map((two) => crc32(`p ${one} ${two}`) % buckets));
}
