import fc from 'fast-check';
import { expect, test } from 'vitest';
import { speakableText } from '../../../engine/speak/speakable-text.ts';

test.each([
  ["It's 10:30 a.m. in New York.", "It's ten thirty a m in New York."],
  ['At 7 pm or 14:05 or 9:00', "At seven p m or fourteen oh five or nine o'clock"],
  ['I am here at 10am', 'I am here at ten a m'],
  ['21°C and -5°F', 'twenty one degrees Celsius and minus five degrees Fahrenheit'],
  ['1 km, 2 km, 12 km/h', 'one kilometer, two kilometers, twelve kilometers per hour'],
  ['64 GB at 60%', 'sixty four gigabytes at sixty percent'],
  ['3.14 × 2 = 6.28', 'three point one four times two equals six point two eight'],
  ['12 - 3 is 9 & 2 + 2 is 4', 'twelve minus three is nine and two plus two is four'],
  ['5-10 minutes', 'five to ten minutes'],
  ['5 km² and x²', 'five square kilometers and x squared'],
  ['2^10 ÷ 4', 'two to the power of ten divided by four'],
  [
    '$5.50, €1,200, £0.99 and $1',
    'five dollars and fifty cents, one thousand two hundred euros, ninety nine pence and one dollar',
  ],
  ['on 2026-11-21', 'on November twenty first, twenty twenty six'],
  ['May 3rd, 1999', 'May third, nineteen ninety nine'],
  [
    'in 1805 there were 1805 of them',
    'in eighteen oh five there were one thousand eight hundred five of them',
  ],
  ['½ cup, 3/4 mile, 1 1/2 hours', 'one half cup, three quarters mile, one and one half hours'],
  ['the 2nd and the 23rd', 'the second and the twenty third'],
  ['call 555-123-4567', 'call five five five, one two three, four five six seven'],
  ['https://www.example.com/a?b=1 or me@site.org', 'example dot com or me at site dot org'],
  ['**bold**, _this_, `code` 😀!', 'bold, this, code!'],
  ['São Paulo — Zürich’s “best”', "Sao Paulo, Zurich's best"],
  ['the USB port, e.g. here', 'the U S B port, for example, here'],
  ['你好，世界 means hello', 'some Chinese text means hello'],
  ['Привет, мир', 'some foreign text, some foreign text'],
  ['１２ ｃａｔｓ', 'twelve cats'],
  ['(yes) [no]', 'yes, no,'],
  ['?!', ''],
])('"%s" is said as "%s"', (text, said) => {
  expect(speakableText(text)).toBe(said);
});

test('whatever comes, only what Flite can say comes out', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
      expect(speakableText(text)).toMatch(/^[A-Za-z'.,;:?! ]*$/);
    }),
    { numRuns: 500 },
  );
});

test('what is sayable already stays as it is', () => {
  const word = fc.constantFrom('hello', "it's", 'ten', 'minutes', 'left', 'in', 'Tokyo');
  fc.assert(
    fc.property(fc.array(word, { minLength: 1 }), (words) => {
      const sentence = `${words.join(' ')}.`;
      expect(speakableText(sentence)).toBe(sentence);
    }),
  );
});
