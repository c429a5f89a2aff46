import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { englishWords, normalisedEnglish } from '../../../evaluation/scores/english-words.ts';

/** The examples that Whisper's normaliser is published with. */
const published: readonly (readonly [string, string])[] = [
  ['two', '2'],
  ['thirty one', '31'],
  ['five twenty four', '524'],
  ['nineteen ninety nine', '1999'],
  ['twenty nineteen', '2019'],
  ['two point five million', '2500000'],
  ['four point two billions', '4200000000s'],
  ['200 thousand', '200000'],
  ['200 thousand dollars', '$200000'],
  ['$20 million', '$20000000'],
  ['€52.4 million', '€52400000'],
  ['£77 thousands', '£77000s'],
  ['two double o eight', '2008'],
  ['three thousand twenty nine', '3029'],
  ['forty three thousand two hundred sixty', '43260'],
  ['forty three thousand two hundred and sixty', '43260'],
  ['nineteen fifties', '1950s'],
  ['thirty first', '31st'],
  ['thirty three thousand and three hundred and thirty third', '33333rd'],
  ['three billion', '3000000000'],
  ['millions', '1000000s'],
  ['july third twenty twenty', 'july 3rd 2020'],
  ['august twenty sixth twenty twenty one', 'august 26th 2021'],
  ['3 14', '3 14'],
  ['3.14', '3.14'],
  ['3 point 2', '3.2'],
  ['3 point 14', '3.14'],
  ['fourteen point 4', '14.4'],
  ['two point two five dollars', '$2.25'],
  ['two hundred million dollars', '$200000000'],
  ['$20.1 million', '$20100000'],
  ['ninety percent', '90%'],
  ['seventy six per cent', '76%'],
  ['double oh seven', '007'],
  ['double zero seven', '007'],
  ['nine one one', '911'],
  ['nine double one', '911'],
  ['one triple oh one', '10001'],
  ['two thousandth', '2000th'],
  ['thirty two thousandth', '32000th'],
  ['minus 500', '-500'],
  ['positive twenty thousand', '+20000'],
  ['two dollars and seventy cents', '$2.70'],
  ['3 cents', '¢3'],
  ['$0.36', '¢36'],
  ['three euros and sixty five cents', '€3.65'],
  ['three and a half million', '3500000'],
  ['forty eight and a half dollars', '$48.5'],
  ['b747', 'b 747'],
  ['10 th', '10th'],
  ['10th', '10th'],
  ['mobilisation', 'mobilization'],
  ['cancelation', 'cancellation'],
  ["Let's", 'let us'],
  ["he's like", 'he is like'],
  ["she's been like", 'she has been like'],
  ['10km', '10 km'],
  ['10mm', '10 mm'],
  ['RC232', 'rc 232'],
  ['Mr. Park visited Assoc. Prof. Kim Jr.', 'mister park visited associate professor kim junior'],
];

describe('English words', () => {
  test.each(published)('of "%s" are those that Whisper’s normaliser is published with', (said, normal) => {
    expect(normalisedEnglish(said)).toBe(normal);
  });

  test('leave out hesitations, asides, accents and punctuation', () => {
    expect(englishWords('Um, [laughs] the café (quietly) — “open”?')).toEqual(['the', 'cafe', 'open']);
  });

  test('are alike in British and American spelling, and with either apostrophe', () => {
    expect(englishWords('The grey theatre’s colours travelled')).toEqual(
      englishWords("the gray theater's colors traveled"),
    );
  });

  test('leave common words alone that only look British', () => {
    expect(englishWords('flour hour four tour promise sure')).toEqual(
      'flour hour 4 tour promise sure'.split(' '),
    );
  });

  test('come out whatever is said, and normalising again changes no plain sentence', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        expect(Array.isArray(englishWords(text))).toBe(true);
      }),
      { numRuns: 40 },
    );
    const words = fc.array(fc.constantFrom('turn', 'the', 'lamp', 'off', 'please', 'now'), { maxLength: 8 });
    fc.assert(
      fc.property(words, (said) => {
        expect(normalisedEnglish(normalisedEnglish(said.join(' ')))).toBe(said.join(' '));
      }),
    );
  });

  test('of any sequence of number words never lose a word that is none', () => {
    const number = fc.constantFrom(
      'two',
      'twenty',
      'hundred',
      'point',
      'and',
      'oh',
      'double',
      'percent',
      'third',
    );
    fc.assert(
      fc.property(fc.array(number, { maxLength: 6 }), fc.array(number, { maxLength: 6 }), (before, after) => {
        expect(englishWords([...before, 'lamp', ...after].join(' '))).toContain('lamp');
      }),
    );
  });
});
