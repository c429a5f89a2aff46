import { describe, expect, test } from 'vitest';
import type { Intent } from '../../../engine/recognise/domain-grammar.ts';
import { FrameAcceptor } from '../../../engine/recognise/frame-acceptor.ts';

const intents = new Map<string, Intent>(
  [
    { name: 'greeting', kind: 'intent' as const, slots: [] },
    {
      name: 'set_alarm',
      kind: 'tool' as const,
      slots: [
        { name: 'time', type: 'clock', required: true },
        { name: 'day', type: 'day', required: false },
      ],
    },
    {
      name: 'set_timer',
      kind: 'tool' as const,
      slots: [{ name: 'duration', type: 'duration', required: true }],
    },
  ].map((intent) => [intent.name, intent]),
);
const acceptor = new FrameAcceptor(intents, "wake me at seven thirty on anna's birthday");

describe('the frame acceptor', () => {
  test('accepts every beginning of a right frame and reads the whole', () => {
    const frame =
      '<tool_call>function\nset_alarm\n{"time": "seven thirty", "day": "anna\'s birthday"}</tool_call>';
    for (let length = 0; length < frame.length; length++) {
      expect(acceptor.accept(frame.slice(0, length)).kind, frame.slice(0, length)).not.toBe('dead');
    }
    expect(acceptor.accept(frame)).toEqual({
      kind: 'complete',
      frame: { intent: 'set_alarm', slots: { time: 'seven thirty', day: "anna's birthday" } },
    });
  });

  test('an intent without slots has one continuation', () => {
    expect(acceptor.accept('<intent>greeting\n')).toEqual({ kind: 'literals', literals: ['{}</intent>'] });
  });

  test('a value may end before an ending such as apostrophe s', () => {
    expect(acceptor.accept('<tool_call>function\nset_alarm\n{"time": "anna"').kind).toBe('literals');
  });

  test.each([
    ['an unknown name', '<intent>dance'],
    ['a tool written as an intent', '<intent>set_alarm\n'],
    ['words that were not said', '<tool_call>function\nset_alarm\n{"time": "eight'],
    ['half a word', '<tool_call>function\nset_alarm\n{"time": "sev"'],
    ['a missing required slot', '<tool_call>function\nset_timer\n{}'],
    ['slots out of order', '<tool_call>function\nset_alarm\n{"day": "'],
    ['text after the end', '<intent>greeting\n{}</intent>.'],
  ])('refuses %s', (_, text) => {
    expect(acceptor.accept(text)).toEqual({ kind: 'dead' });
  });
});
