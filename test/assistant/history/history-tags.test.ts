import Database from 'better-sqlite3';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { AssistantDatabase } from '../../../assistant/database/assistant-database.ts';
import { migrate } from '../../../assistant/database/migrations.ts';
import { clipTables } from '../../../assistant/database/tables/clip-tables.ts';
import { conversationTables } from '../../../assistant/database/tables/conversation-tables.ts';
import { voiceTables } from '../../../assistant/database/tables/voice-tables.ts';
import { WriteQueue } from '../../../assistant/database/write-queue.ts';
import { exportJson, exportMarkdown } from '../../../assistant/history/history-export.ts';
import { History } from '../../../assistant/history/history.ts';
import { TurnRecorder } from '../../../assistant/history/turn-recorder.ts';
import type { Tag, TagFilter, TagName } from '../../../contract/tags.ts';
import { temporaryFolder } from '../running-assistant.ts';

let history: History;
let queue: WriteQueue;
let turnCount = 0;

beforeEach(() => {
  const database = new AssistantDatabase(join(temporaryFolder(), 'sotto.db'), () => 0);
  history = new History(database);
  queue = new WriteQueue(database, (error) => {
    throw error;
  });
});

const heard = (name: TagName, value: string): Tag => ({ name, value, confidence: 0.9, source: 'model' });

function say(conversationId: string, transcript: string, ...tags: readonly Tag[]): string {
  turnCount += 1;
  const id = `t${turnCount}`;
  const turn = { id, conversationId, startedAt: turnCount, source: 'voice' } as const;
  const recorder = new TurnRecorder(turn, queue);
  recorder.heard(transcript, false, 0.9);
  recorder.tags(tags);
  recorder.end({ outcome: 'completed', endedAt: turnCount });
  return id;
}

const found = (tags: readonly TagFilter[], query?: string) =>
  history.list({ tags, query, limit: 10 }).map(({ id }) => id);
const counts = () => history.tags.counts().map(({ name, value, turns }) => `${name}=${value}: ${turns}`);
const sad = { name: 'emotion', value: 'sad' } as const;
const fast = { name: 'speed', value: 'fast' } as const;

test('conversations are found by a tag, by several of one turn, and by tags and words together', () => {
  say('a', 'set a timer', heard('emotion', 'sad'), heard('speed', 'fast'));
  say('b', 'set an alarm', heard('emotion', 'sad'), heard('speed', 'slow'));
  say('c', 'set a timer', heard('emotion', 'happy'));
  say('c', 'thank you', heard('speed', 'fast'));
  expect(found([sad])).toEqual(['b', 'a']);
  expect(found([sad, fast])).toEqual(['a']);
  expect(found([sad], 'timer')).toEqual(['a']);
  expect(found([fast], 'timer')).toEqual(['a']);
  expect(found([{ name: 'emotion', value: 'unsure' }])).toEqual([]);
  expect(history.list({ tags: [sad], query: 'alarm', limit: 1 })[0]?.snippet).toContain('‹alarm›');
});

test('the next page goes on where the one before ended', () => {
  for (const id of ['a', 'b', 'c']) say(id, 'hello', heard('emotion', 'sad'));
  const [first] = history.list({ tags: [sad], limit: 1 });
  expect(history.list({ tags: [sad], limit: 5, before: first!.updatedAt }).map(({ id }) => id)).toEqual([
    'b',
    'a',
  ]);
});

test('tags are counted through corrections, new values and deletions', () => {
  const turnId = say('a', 'hello', heard('emotion', 'unsure'), heard('gender', 'male'));
  say('b', 'hello', heard('gender', 'male'));
  expect(counts()).toEqual(['gender=male: 2']);
  history.tags.correct({ turnId, name: 'emotion', value: 'sad' });
  history.tags.correct({ turnId, name: 'gender', value: 'female' });
  expect(counts()).toEqual(['emotion=sad: 1', 'gender=female: 1', 'gender=male: 1']);
  expect(found([sad])).toEqual(['a']);
  history.tags.correct({ turnId, name: 'emotion', value: null });
  expect(counts()).toEqual(['gender=female: 1', 'gender=male: 1']);
  history.delete('a');
  expect(counts()).toEqual(['gender=male: 1']);
  history.deleteAll();
  expect(counts()).toEqual([]);
});

test('a database of before is brought up to date with all of its tags', () => {
  const database = new Database(':memory:');
  for (const step of [conversationTables, voiceTables, clipTables]) database.exec(step);
  database.pragma('user_version = 3');
  database.exec(`INSERT INTO conversations VALUES ('c', '', 1, 1);
    INSERT INTO turns (number, id, conversation_id, started_at, source, writer_process)
      VALUES (1, 't', 'c', 1, 'voice', 0);
    INSERT INTO turn_tags VALUES (1, 'emotion', '{"name":"emotion","value":"sad","confidence":1,"source":"model"}'),
      (1, 'age', '{"name":"age","value":"unsure","confidence":0,"source":"model"}');`);
  migrate(database);
  expect(database.prepare('SELECT * FROM tag_counts').all()).toEqual([
    { name: 'emotion', value: 'sad', turns: 1 },
  ]);
  const plan = database
    .prepare(
      `EXPLAIN QUERY PLAN SELECT turn_number FROM turn_tags WHERE name = 'emotion' AND value = 'sad'
       AND value <> 'unsure' AND turn_number <= 9 ORDER BY turn_number DESC`,
    )
    .all() as { detail: string }[];
  expect(plan.map(({ detail }) => detail).join()).toContain('turn_tags_by_value');
});

test('exports carry tags, what had been heard before a correction, and the tone of the answer', () => {
  const turn = { id: 'x', conversationId: 'c', startedAt: 5, source: 'voice' } as const;
  const recorder = new TurnRecorder(turn, queue);
  recorder.heard('hello', false, 0.8);
  recorder.tags([heard('emotion', 'happy'), heard('age', 'unsure')]);
  recorder.tone({
    effects: [{ effect: 'gentler', because: { name: 'emotion', value: 'sad', source: 'person' } }],
  });
  recorder.replyDelta('Hello.');
  recorder.end({ outcome: 'completed', endedAt: 9 });
  history.tags.correct({ turnId: 'x', name: 'emotion', value: 'sad' });
  const conversation = { summary: history.list({ limit: 1 })[0]!, turns: history.turns('c') };
  const { text } = exportMarkdown([conversation], 0);
  expect(text).toContain('**You** (emotion: sad, corrected, heard as happy): hello');
  expect(text).toContain('**Sotto** (gentler, because emotion: sad): Hello.');
  const json = JSON.parse(exportJson([conversation], 0).text) as {
    conversations: { turns: { tags: Tag[]; tone: unknown }[] }[];
  };
  const [exported] = json.conversations[0]!.turns;
  expect(exported?.tags[0]).toMatchObject({ value: 'sad', source: 'person', heard: { value: 'happy' } });
  expect(exported?.tone).toMatchObject({ effects: [{ effect: 'gentler' }] });
});
