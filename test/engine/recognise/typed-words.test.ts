import { expect, test } from 'vitest';
import { numberWords, typedWords } from '../../../engine/recognise/typed-words.ts';

test.each([
  ['Set a timer for 5 minutes!', 'set a timer for five minutes'],
  ['Wake me up at 7:30 am', 'wake me up at seven thirty a m'],
  ['wake me at 6:05', 'wake me at six oh five'],
  ["What's 12×4?", "what's twelve times four"],
  ['what is 3 + 4', 'what is three plus four'],
  ['turn the volume to 50%', 'turn the volume to fifty percent'],
  ['convert 2.5 miles to km', 'convert two point five miles to km'],
  ['how many days until Christmas…', 'how many days until christmas'],
  ['1,250 divided by 10', 'one thousand two hundred fifty divided by ten'],
  ['alarm at 8:00', "alarm at eight o'clock"],
])('%s', (typed, spoken) => {
  expect(typedWords(typed)).toBe(spoken);
});

test('whole numbers are spelled out, very large ones digit by digit', () => {
  expect(numberWords(0)).toBe('zero');
  expect(numberWords(21)).toBe('twenty one');
  expect(numberWords(305)).toBe('three hundred five');
  expect(numberWords(12_012)).toBe('twelve thousand twelve');
  expect(numberWords(1_000_000)).toBe('one zero zero zero zero zero zero');
});
