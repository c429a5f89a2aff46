import { describe, expect, test } from 'vitest';
import { CtcSearch, defaultSearchSettings } from '../../../engine/recognise/ctc-search.ts';
import { readLexicon } from '../../../engine/recognise/lexicon.ts';
import { buildLexiconTree } from '../../../engine/recognise/lexicon-tree.ts';
import { random, simulatedPosteriors } from './simulated-posteriors.ts';
import { smallLanguage } from './small-language.ts';

const labels = ['<blank>', 'T', 'AY', 'M', 'ER', 'S', 'EH', 'AH', 'UW', 'N', 'IH', 'D', 'L', 'K'];
const lexicon = readLexicon(
  [
    'time\tT AY M',
    'timer\tT AY M ER',
    'set\tS EH T',
    'a\tAH',
    'two\tT UW',
    'too\tT UW',
    'to\tT UW',
    'to\tT AH',
    'ten\tT EH N',
    'minutes\tM IH N AH T S',
    'tell\tT EH L',
    'cat\tK AH T',
    'tac\tT AH K',
  ].join('\n'),
  labels,
);
const language = smallLanguage([
  'set a timer to ten minutes',
  'set a timer to two minutes',
  'tell time too',
  'cat cat tac',
]);
const searcher = (settings = {}) =>
  new CtcSearch(lexicon, buildLexiconTree(lexicon, labels.length), language, {
    ...defaultSearchSettings,
    ...settings,
  });

const phonesOf = (sentence: string): number[] =>
  sentence.split(' ').flatMap((word) => [...(lexicon.pronunciations[lexicon.idOf(word)]?.[0] ?? [])]);

describe('CTC search', () => {
  test('a clearly spoken sentence comes back first, homophones told apart by the language model', () => {
    const heard = simulatedPosteriors(phonesOf('set a timer to two minutes'), labels.length, 1e-9, random(1));
    expect(searcher().search(heard, labels.length)[0]?.words.join(' ')).toBe('set a timer to two minutes');
  });

  test('one wrong or missing phone in eight does not lose a likely sentence', () => {
    const search = searcher();
    let right = 0;
    for (let seed = 0; seed < 20; seed++) {
      const heard = simulatedPosteriors(
        phonesOf('set a timer to ten minutes'),
        labels.length,
        0.125,
        random(seed),
      );
      if (search.search(heard, labels.length)[0]?.words.join(' ') === 'set a timer to ten minutes') right++;
    }
    expect(right).toBeGreaterThanOrEqual(14);
  });

  test('a phone that ends one word and begins the next needs a blank between', () => {
    const heard = simulatedPosteriors(phonesOf('cat tac'), labels.length, 1e-9, random(3));
    expect(searcher().search(heard, labels.length)[0]?.words).toEqual(['cat', 'tac']);
  });

  test('sentences are distinct and sorted, and a second search gives the same', () => {
    const heard = simulatedPosteriors(phonesOf('set a timer to ten minutes'), labels.length, 0.3, random(5));
    const search = searcher();
    const found = search.search(heard, labels.length);
    expect(new Set(found.map((sentence) => sentence.words.join(' '))).size).toBe(found.length);
    expect(found.map((sentence) => sentence.score)).toEqual(
      found.map((sentence) => sentence.score).sort((a, b) => b - a),
    );
    expect(search.search(heard, labels.length)).toEqual(found);
  });

  test('only blanks give the empty sentence', () => {
    const heard = simulatedPosteriors([], labels.length, 1e-9, random(7));
    expect(searcher().search(heard, labels.length)[0]?.words).toEqual([]);
  });

  test('the acoustic score equals the sum over all alignments', () => {
    const heard = simulatedPosteriors(phonesOf('cat'), labels.length, 1e-9, random(9));
    const wide = searcher({ labelThreshold: -40, beamDepth: 60, labelFloor: 1e-9, beamWidth: 4000 });
    const cat = wide.search(heard, labels.length).find((sentence) => sentence.words.join(' ') === 'cat');
    expect(cat?.acoustic).toBeCloseTo(forward(heard, phonesOf('cat'), labels.length), 3);
  });
});

/** CTC forward algorithm, straight from its definition. */
function forward(heard: Float32Array, phones: readonly number[], count: number): number {
  const states = [0, ...phones.flatMap((phone) => [phone, 0])];
  let alpha: number[] = states.map(() => 1);
  alpha = alpha.map((value, at) => (at <= 1 ? value * Math.exp(heard[states[at] as number] as number) : 0));
  for (let slot = 1; slot < heard.length / count; slot++) {
    alpha = states.map((label, at) => {
      let sum = (alpha[at] as number) + (alpha[at - 1] ?? 0);
      if (label !== 0 && label !== states[at - 2]) sum += alpha[at - 2] ?? 0;
      return sum * Math.exp(heard[slot * count + label] as number);
    });
  }
  return Math.log((alpha.at(-1) as number) + (alpha.at(-2) as number));
}
