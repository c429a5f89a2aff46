import { expect, test } from 'vitest';
import { releaseMeans } from '../../../renderer/state/talk-key.ts';

test('letting go after holding ends the utterance', () => {
  expect(releaseMeans('auto', 900)).toBe('finish');
});

test('a tap goes on with the hands free', () => {
  expect(releaseMeans('auto', 120)).toBe('go-on');
});

test('the hold and toggle modes do not depend on the time', () => {
  expect(releaseMeans('hold', 10)).toBe('finish');
  expect(releaseMeans('toggle', 5000)).toBe('go-on');
});
