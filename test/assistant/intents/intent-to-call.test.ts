import { expect, test } from 'vitest';
import { conversationIntentNames } from '../../../assistant/intents/conversation-intents.ts';
import { intentToCall } from '../../../assistant/intents/intent-to-call.ts';
import { intentActions } from '../../../assistant/intents/intent-actions.ts';
import { wordedIntents, wordConversation } from '../../../assistant/phrasebook/conversation-wording.ts';
import { wordReply } from '../../../assistant/phrasebook/word-reply.ts';
import { ToolRegistry } from '../../../assistant/tools/tool-registry.ts';
import { UserError } from '../../../contract/user-errors.ts';
import { neverAborted, testContext } from '../tools/tool-context.ts';
import { domainIntents, sampleSentences } from './domain-sentences.ts';

const context = testContext();
const act = (name: string, slots: Record<string, string> = {}, transcript = '') =>
  intentToCall(name, slots, transcript, context);

test.each([
  [
    'set_timer',
    { duration: 'twenty five minutes', label: 'pasta' },
    '',
    'set_timer',
    { seconds: 1500, label: 'pasta' },
  ],
  ['timer_left', {}, '', 'list_timers', {}],
  ['cancel_timer', {}, 'cancel all timers', 'cancel_timer', { all: true }],
  ['cancel_timer', { duration: 'ten minutes' }, '', 'cancel_timer', { seconds: 600 }],
  ['set_alarm', { time: 'seven' }, 'wake me up at seven', 'set_alarm', { at: '2026-11-22T07:00' }],
  [
    'set_alarm',
    { time: 'half past six a m', day: 'every weekday' },
    '',
    'set_alarm',
    { at: '2026-11-23T06:30', weekdays: [1, 2, 3, 4, 5] },
  ],
  ['cancel_alarm', { time: 'seven' }, '', 'cancel_alarm', { time: '07:00', eitherHalf: true }],
  [
    'add_reminder',
    { text: 'call my mom', when: 'tomorrow at nine' },
    '',
    'add_reminder',
    { text: 'call your mom', at: '2026-11-22T09:00' },
  ],
  ['add_reminder', { text: 'buy stamps' }, '', 'add_reminder', { text: 'buy stamps' }],
  ['time_in_city', { location: 'new york' }, '', 'get_date_time', { place: 'new york' }],
  ['time_in_city', { location: 'my town' }, '', 'get_date_time', {}],
  ['days_until', { date: 'christmas' }, '', 'days_until', { day: 'christmas' }],
  ['calculate', { expression: 'twelve times four' }, '', 'calculate', { expression: '12 * 4' }],
  [
    'calculate',
    { expression: 'five and six' },
    'please multiply five and six',
    'calculate',
    { expression: '5 * 6' },
  ],
  ['calculate', { expression: 'two from nine' }, 'take two from nine', 'calculate', { expression: '9 - 2' }],
  [
    'convert_units',
    { value: 'ten', from: 'miles', to: 'kilometers' },
    '',
    'convert_units',
    { value: 10, from: 'miles', to: 'kilometers' },
  ],
  [
    'convert_units',
    { from: 'mile', to: 'feet' },
    '',
    'convert_units',
    { value: 1, from: 'mile', to: 'feet' },
  ],
  ['roll_dice', { count: 'a pair of', sides: 'twenty' }, '', 'roll_dice', { count: 2, sides: 20 }],
  ['add_to_list', { item: 'milk eggs and bread' }, '', 'add_to_list', { items: ['milk', 'eggs', 'bread'] }],
  ['volume_set', { level: 'sixty percent' }, '', 'set_volume', { percent: 60 }],
  ['volume_up', {}, 'a bit louder', 'set_volume', { change: 7.5 }],
  ['speak_normal', {}, '', 'set_speaking_rate', { rate: 1 }],
  ['switch_voice', { query: 'a deep voice' }, '', 'timbre_rag', { query: 'a deep voice' }],
  [
    'get_weather',
    { location: 'Oslo', day: 'on tuesday' },
    '',
    'get_weather',
    { place: 'oslo', day: '2026-11-24' },
  ],
] as const)('%s %j "%s" calls %s', (name, slots, transcript, tool, given) => {
  expect(act(name, slots as Record<string, string>, transcript)).toEqual({
    type: 'call',
    tool,
    arguments: given,
  });
});

test.each([
  ['set_timer', {}],
  ['set_timer', { duration: 'banana' }],
  ['set_alarm', { time: 'thirty banana' }],
  ['days_until', { date: 'my birthday' }],
  ['calculate', { expression: 'banana' }],
  ['volume_set', { level: 'two hundred' }],
  ['time_in_city', {}],
  ['add_note', { text: '  ' }],
  ['translate_phrase', { phrase: 'hello' }],
] as const)('%s %j is asked about', (name, slots) => {
  const action = act(name, slots as Record<string, string>);
  expect(action.type).toBe('ask');
});

test('an intent nobody knows is "unknown", also when it is the name of something in JavaScript', () => {
  expect(act('make_coffee')).toEqual({ type: 'converse', intent: 'unknown' });
  expect(act('constructor')).toEqual({ type: 'converse', intent: 'unknown' });
});

test('every intent of the spoken domain leads somewhere, and small talk has words', () => {
  for (const name of domainIntents()) expect(intentActions.has(name), name).toBe(true);
  for (const name of conversationIntentNames) {
    if (name !== 'unknown') expect(wordedIntents, name).toContain(name);
  }
});

test(
  'whatever the model can hear is answered, without a broken call or a gap in the words',
  { timeout: 120_000 },
  async () => {
    let seed = 11;
    const random = () => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed / 2_147_483_648;
    };
    const registry = new ToolRegistry();
    for (const intent of domainIntents()) {
      const sentences = sampleSentences(intent, 1, random).filter(() => random() < 0.4);
      for (const { text, slots } of sentences) {
        const surroundings = testContext({ random });
        const words = {
          transcript: text,
          now: surroundings.now,
          timeZone: surroundings.timeZone,
          locale: 'en-US',
          random,
          lastReply: '',
          tags: [],
        };
        const action = intentToCall(intent, slots, text, surroundings);
        let reply: string;
        if (action.type === 'ask') reply = action.question;
        else if (action.type === 'converse') reply = wordConversation(action.intent, words);
        else {
          const { tool, arguments: given } = action;
          try {
            const result = await registry.call(tool, given, surroundings, neverAborted);
            reply = wordReply({ kind: 'tool-result', tool, intent, arguments: given, result }, words);
          } catch (error) {
            if (!(error instanceof UserError)) throw error;
            expect(error.code, `${intent}: ${text}`).toBe('tool-off');
            reply = wordReply(
              { kind: 'tool-failure', tool, failure: { code: error.code, details: { ...error.details } } },
              words,
            );
          }
        }
        expect(reply, `${intent}: ${text}`).toMatch(/^["A-Z0-9-].*[.!?…]$/s);
        expect(reply, `${intent}: ${text}`).not.toMatch(/undefined|NaN|null|\[object/);
      }
    }
  },
);
