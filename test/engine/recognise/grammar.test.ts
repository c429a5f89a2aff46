import { describe, expect, test } from 'vitest';
import { compileGrammar } from '../../../engine/recognise/compiled-grammar.ts';
import { GrammarDistance } from '../../../engine/recognise/grammar-distance.ts';
import { matchGrammar } from '../../../engine/recognise/grammar-match.ts';
import { parsePattern, readPatterns } from '../../../engine/recognise/pattern-language.ts';

const files = (entries: Record<string, string>) =>
  new Map(Object.entries(entries).map(([name, text]) => [name, readPatterns(text)]));
const names = Array.from({ length: 100 }, (_, index) => `name${index}`).join('\n');
const grammar = compileGrammar(
  files({
    set_timer: '@command\nset a timer for {duration}\n[start] {duration} timer',
    call: '@command\ncall {contact:contact} [now]\n(ring|phone) {contact}',
    stop: 'stop [it]\nbe quiet',
    birthday: "@question\nwhen is {who:contact}'s birthday",
  }),
  files({
    number: 'one\ntwo *3\ntwenty\ntwenty one',
    duration: '<number> (minute|minutes)\n(a|one) hour',
    contact: `anna\nmy mother\n${names}`,
  }),
  files({ 'command-before': 'please *3\nhey you', 'command-after': 'please', 'plain-before': 'oh' }),
);
const best = (text: string) => matchGrammar(grammar, text)[0];

describe('exact matching', () => {
  test.each([
    ['set a timer for twenty one minutes', 'set_timer', { duration: 'twenty one minutes' }],
    ['please start one hour timer please', 'set_timer', { duration: 'one hour' }],
    ['hey you ring my mother', 'call', { contact: 'my mother' }],
    ['oh stop it', 'stop', {}],
    ["when is anna's birthday", 'birthday', { who: 'anna' }],
  ])('%s', (text, intent, slots) => {
    expect(best(text)).toMatchObject({ intent, slots });
  });

  test.each([
    '',
    'set a timer',
    'set a timer for twenty one',
    'please stop',
    'call anna later',
    'x '.repeat(40),
  ])('does not match "%s"', (text) => {
    expect(best(text)).toBeUndefined();
  });

  test('a broken pattern is refused', () => {
    expect(() => parsePattern('set (a|b')).toThrow(/unbalanced/);
  });
});

describe('the nearest sentence', () => {
  const distance = new GrammarDistance(grammar);

  test('is at distance 0 for a sentence of the grammar, wrapped or not', () => {
    expect(distance.measure('please call anna now please')[0]).toMatchObject({ intent: 'call', distance: 0 });
  });

  test('is found with a word missing, added or changed, with its slots', () => {
    for (const text of [
      'set timer for twenty minutes',
      'set me a timer for twenty minutes',
      'set the timer for twenty minutes',
    ]) {
      const [nearest] = distance.measure(text);
      expect(nearest).toMatchObject({ intent: 'set_timer', slots: { duration: 'twenty minutes' } });
      expect(nearest?.distance).toBeGreaterThan(0);
    }
  });

  test('takes unknown words as the value of an open slot only', () => {
    expect(distance.measure('call doctor brown')[0]).toMatchObject({
      intent: 'call',
      slots: { contact: 'doctor brown' },
    });
    expect(distance.measure('set a timer for doctor brown')[0]?.slots).not.toHaveProperty('duration');
  });

  test('grows with every strange word', () => {
    const near = distance.measure('stop it')[0]?.distance as number;
    const further = distance.measure('stop it today')[0]?.distance as number;
    expect(distance.measure('do stop it today')[0]?.distance).toBeGreaterThan(further);
    expect(further).toBeGreaterThan(near);
  });
});
