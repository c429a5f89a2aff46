import { expect, test } from 'vitest';
import type { ReplyTone } from '../../../contract/tags.ts';
import type { Outcome, WordingContext } from '../../../assistant/phrasebook/outcome.ts';
import { wordReply } from '../../../assistant/phrasebook/word-reply.ts';

const toned = (effect?: ReplyTone['effects'][number]['effect']): WordingContext => ({
  transcript: '',
  now: () => new Date(0),
  timeZone: 'UTC',
  locale: 'en-US',
  random: () => 0.4,
  lastReply: 'Nine in the morning!',
  tags: [],
  tone: effect && {
    effects: [{ effect, because: { name: 'emotion', value: 'sad', source: 'model' } }],
  },
});
const greeting: Outcome = { kind: 'conversation', intent: 'greeting' };
const done: Outcome = { kind: 'tool-result', tool: 'unknown_tool', arguments: {}, result: {} };
const failed: Outcome = {
  kind: 'tool-failure',
  tool: 'open_app',
  failure: { code: 'tool-failed', details: {} },
};

test('a gentle answer calls nothing out and comforts in a few words', () => {
  expect(wordReply(done, toned())).toBe('Done.');
  expect(wordReply(done, toned('gentler'))).toMatch(/^(Of course|Gladly|Here you are)\. Done\.$/);
  expect(wordReply(failed, toned('gentler'))).toMatch(/^I'm sorry\. I couldn't find/);
  expect(wordReply(greeting, toned('gentler'))).not.toContain('!');
});

test('an upset voice gets calm words without comfort', () => {
  expect(wordReply(done, toned('calmer'))).toBe('Done.');
  expect(wordReply(greeting, toned('calmer'))).not.toContain('!');
});

test('nobody is told twice that Sotto is sorry', () => {
  const unclear = wordReply(
    { kind: 'rejected', reason: 'unclear' },
    { ...toned('gentler'), random: () => 0.3 },
  );
  expect(unclear.match(/sorry/gi)).toHaveLength(1);
});

test('what is repeated is said as it was', () => {
  const again: Outcome = { kind: 'conversation', intent: 'repeat' };
  expect(wordReply(again, toned('gentler'))).toBe('Nine in the morning!');
});

test('somebody in a hurry gets one of the shorter ways to say it', () => {
  const lengths = [0, 0.3, 0.6, 0.99].map(
    (random) => wordReply(greeting, { ...toned('shorter'), random: () => random }).length,
  );
  expect(Math.max(...lengths)).toBeLessThan(25);
});
