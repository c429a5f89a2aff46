import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { AssistantDatabase } from '../../../assistant/database/assistant-database.ts';
import { WriteQueue } from '../../../assistant/database/write-queue.ts';
import { exportJson, exportMarkdown } from '../../../assistant/history/history-export.ts';
import { History } from '../../../assistant/history/history.ts';
import { TurnRecorder } from '../../../assistant/history/turn-recorder.ts';
import { temporaryFolder } from '../running-assistant.ts';

let path: string;
let database: AssistantDatabase;
let history: History;
let queue: WriteQueue;
let turnCount = 0;

beforeEach(() => {
  path = join(temporaryFolder(), 'sotto.db');
  database = new AssistantDatabase(path, () => 0);
  history = new History(database);
  queue = new WriteQueue(database, (error) => {
    throw error;
  });
});

function say(conversationId: string, transcript: string, reply: string, at = 1000): string {
  turnCount += 1;
  const id = `t${turnCount}`;
  const recorder = new TurnRecorder({ id, conversationId, startedAt: at, source: 'voice' }, queue);
  recorder.heard(transcript, false, 0.9);
  recorder.replyDelta(reply);
  recorder.end({ outcome: 'completed', voiceId: 'flite-slt', endedAt: at + 500 });
  return id;
}
const found = (query: string) => history.list({ query, limit: 10 });

test('a turn is read back as it was written, piece by piece', () => {
  const recorder = new TurnRecorder({ id: 'x', conversationId: 'c', startedAt: 5, source: 'voice' }, queue);
  recorder.heard('what time is it', false, 0.8);
  recorder.tags([
    { name: 'speed', value: 'fast', confidence: 0.7, source: 'signal', measure: { amount: 5, unit: '1/s' } },
  ]);
  recorder.toolStart({ callId: 'x-1', name: 'get_time', arguments: { city: 'Oslo' }, leavesMachine: false });
  recorder.toolEnd('x-1', { hour: 7 }, undefined);
  recorder.replyDelta('It is ');
  recorder.audio('reply', Float32Array.of(0.5, -1, 2), 16_000);
  recorder.replyDelta('seven.');
  recorder.audio('reply', Float32Array.of(0.25), 16_000);
  expect(history.turns('c')).toMatchObject([
    { outcome: 'running', reply: 'It is seven.', hasReplyAudio: true },
  ]);
  recorder.end({ outcome: 'completed', voiceId: 'v', timings: { speechSeconds: 1, endMs: 9 }, endedAt: 14 });
  expect(history.turns('c')).toEqual([
    {
      id: 'x',
      conversationId: 'c',
      startedAt: 5,
      source: 'voice',
      transcript: 'what time is it',
      rejected: false,
      tags: [
        {
          name: 'speed',
          value: 'fast',
          confidence: 0.7,
          source: 'signal',
          measure: { amount: 5, unit: '1/s' },
        },
      ],
      toolCalls: [
        {
          callId: 'x-1',
          name: 'get_time',
          arguments: { city: 'Oslo' },
          result: { hour: 7 },
          failure: undefined,
          leavesMachine: false,
        },
      ],
      reply: 'It is seven.',
      voiceId: 'v',
      outcome: 'completed',
      failure: undefined,
      hasMyAudio: false,
      hasReplyAudio: true,
      timings: { speechSeconds: 1, endMs: 9 },
    },
  ]);
  const audio = history.audio('x', 'reply');
  expect(audio?.samples).toHaveLength(4);
  expect([...(audio?.samples ?? [])].map((sample) => Math.round(sample * 100) / 100)).toEqual([
    0.5, -1, 1, 0.25,
  ]);
});

test('pieces of audio at different rates are joined at the rate of the first', () => {
  const recorder = new TurnRecorder({ id: 'x', conversationId: 'c', startedAt: 5, source: 'voice' }, queue);
  recorder.audio('reply', new Float32Array(1600).fill(0.5), 16_000);
  recorder.audio('reply', new Float32Array(2400).fill(0.5), 24_000);
  expect(history.audio('x', 'reply')).toMatchObject({ sampleRate: 16_000, samples: { length: 3200 } });
  expect(history.audio('x', 'mine')).toBeNull();
});

test('conversations are listed last changed first, page by page, under the first words said', () => {
  say('a', 'first thing', 'yes', 1000);
  say('a', 'second thing', 'yes', 2000);
  say('b', 'another', 'no', 3000);
  expect(history.list({ limit: 10 })).toMatchObject([
    { id: 'b', title: 'another', turnCount: 1 },
    { id: 'a', title: 'first thing', turnCount: 2, startedAt: 1000, updatedAt: 2500 },
  ]);
  expect(history.list({ limit: 10, before: 3000 }).map((conversation) => conversation.id)).toEqual(['a']);
});

test('words are found by their beginning, in what was said and what was answered, marked in a snippet', () => {
  say('a', 'set a timer for pasta', 'Your timer is set for ten minutes.');
  say('b', 'tell me a joke', 'Why did the chicken cross the road?');
  expect(found('chick').map((conversation) => conversation.id)).toEqual(['b']);
  expect(found('chick')[0]?.snippet).toContain('‹chicken›');
  expect(found('timer pasta').map((conversation) => conversation.id)).toEqual(['a']);
  expect(found('PASTÁ')).toHaveLength(1);
  expect(found('icken')).toEqual([]);
});

test('Chinese is found by any run of characters, and the snippet reads as it was written', () => {
  say('a', '今天北京的天气怎么样', '今天北京晴，最高二十度。');
  say('b', 'hello', '你好');
  expect(found('天气').map((conversation) => conversation.id)).toEqual(['a']);
  expect(found('京').map((conversation) => conversation.id)).toEqual(['a']);
  expect(found('气天')).toEqual([]);
  expect(found('天气')[0]?.snippet).toBe('今天北京的‹天气›怎么样');
});

test('whatever is typed into the search is words, never an operator', () => {
  say('a', 'plain words AND "quoted" ones', 'NEAR (the) end*');
  for (const query of [
    '"',
    '*',
    'AND',
    'NEAR(',
    '"quoted"',
    'a OR b',
    '-x',
    'col:val',
    "it's",
    '\u0000',
    '()',
    '^plain',
  ]) {
    expect(() => found(query)).not.toThrow();
  }
  expect(found('"quoted"')).toHaveLength(1);
  fc.assert(
    fc.property(fc.string({ maxLength: 20, unit: 'binary' }), (query) => Array.isArray(found(query))),
  );
});

test('what is deleted cannot be found in the file any more', () => {
  say('a', 'my secret word is xylophonic', 'I will remember xylophonic.');
  say('b', 'hello', 'Hello.');
  const recorder = new TurnRecorder(
    { id: 'sound', conversationId: 'a', startedAt: 9, source: 'voice' },
    queue,
  );
  recorder.audio('mine', new Float32Array(500).fill(0.123), 16_000);
  expect(history.delete('a')).toBe(true);
  expect(history.delete('a')).toBe(false);
  recorder.replyDelta('late words of a deleted turn: xylophonic');
  recorder.audio('reply', new Float32Array(500).fill(0.123), 16_000);
  recorder.end({ outcome: 'completed', endedAt: 10 });
  expect(found('xylophonic')).toEqual([]);
  expect(history.list({ limit: 9 }).map((conversation) => conversation.id)).toEqual(['b']);
  database.forgetDeleted();
  database.close();
  const bytes = readFileSync(path);
  expect(bytes.includes('xylophonic')).toBe(false);
  const piece = Buffer.alloc(40);
  for (let index = 0; index < 20; index += 1) piece.writeInt16LE(Math.round(0.123 * 32767), index * 2);
  expect(bytes.includes(piece)).toBe(false);
});

test('a turn in which nothing happened leaves nothing, not even its conversation', () => {
  const recorder = new TurnRecorder({ id: 'x', conversationId: 'c', startedAt: 5, source: 'voice' }, queue);
  recorder.audio('mine', new Float32Array(10), 16_000);
  recorder.end({ outcome: 'nothing-heard', endedAt: 6 });
  expect(history.has('c')).toBe(false);
  expect(history.hasTurn('x')).toBe(false);
});

test('turns of a process that is gone become interrupted; those of one that lives do not', () => {
  const begin = (id: string, processId: number) =>
    new TurnRecorder({ id, conversationId: 'c', startedAt: 5, source: 'voice' }, queue, processId);
  begin('dead', 111);
  begin('alive', 222);
  expect(history.endAbandonedTurns((processId) => processId === 222)).toBe(1);
  expect(history.turns('c').map((turn) => [turn.id, turn.outcome])).toEqual([
    ['dead', 'interrupted'],
    ['alive', 'running'],
  ]);
});

test('an export holds everything that was said, and Markdown cannot be broken by it', () => {
  say('a', '# not a heading <script>', 'A `reply` with | signs');
  const conversations = history
    .list({ limit: 9 })
    .map((summary) => ({ summary, turns: history.turns(summary.id) }));
  const json = exportJson(conversations, Date.UTC(2026, 10, 21));
  expect(json.fileName).toBe('sotto-not-a-heading-script-2026-11-21.json');
  expect(JSON.parse(json.text)).toMatchObject({
    format: 'sotto-history',
    conversations: [{ id: 'a', turns: [{ transcript: '# not a heading <script>' }] }],
  });
  const markdown = exportMarkdown(conversations, Date.UTC(2026, 10, 21));
  expect(markdown.fileName).toBe('sotto-not-a-heading-script-2026-11-21.md');
  expect(markdown.text).toContain('**You**: \\# not a heading \\<script\\>');
  expect(markdown.text).toContain('**Sotto**: A \\`reply\\` with \\| signs');
});
