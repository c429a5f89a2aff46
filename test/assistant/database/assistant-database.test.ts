import { existsSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { AssistantDatabase } from '../../../assistant/database/assistant-database.ts';
import { temporaryFolder } from '../running-assistant.ts';

const now = () => Date.UTC(2026, 10, 21);
const inFolder = () => join(temporaryFolder(), 'sotto.db');
const addConversation = (database: AssistantDatabase, id: string) =>
  database.use(() =>
    database
      .statement('INSERT INTO conversations (id, title, started_at, updated_at) VALUES (?, ?, 1, 1)')
      .run(id, id.repeat(100)),
  );
const countConversations = (database: AssistantDatabase) =>
  database.use(() => database.statement<{ n: number }>('SELECT count(*) AS n FROM conversations').get()?.n);

test('a new database is in write-ahead mode, has every table, and is found again', () => {
  const path = inFolder();
  const first = new AssistantDatabase(path, now);
  expect(first.connection.pragma('journal_mode', { simple: true })).toBe('wal');
  expect(first.connection.pragma('user_version', { simple: true })).toBeGreaterThan(0);
  addConversation(first, 'a');
  first.close();
  const second = new AssistantDatabase(path, now);
  expect(countConversations(second)).toBe(1);
  expect(second.notices).toEqual([]);
});

test('a file that is no database is kept aside and a new one begun', () => {
  const path = inFolder();
  writeFileSync(path, 'this is no database, only text that somebody put here '.repeat(20));
  const database = new AssistantDatabase(path, now);
  expect(database.inFile).toBe(true);
  expect(database.notices).toMatchObject([{ code: 'database-damaged' }]);
  expect(existsSync(String(database.notices[0]?.details.keptAs))).toBe(true);
  addConversation(database, 'a');
  expect(countConversations(database)).toBe(1);
});

test('a database cut short is kept aside', () => {
  const path = inFolder();
  const before = new AssistantDatabase(path, now);
  for (let index = 0; index < 200; index += 1) addConversation(before, `c${index}`);
  before.close();
  truncateSync(path, 20_000);
  const after = new AssistantDatabase(path, now);
  expect(after.notices).toMatchObject([{ code: 'database-damaged' }]);
  expect(readdirSync(join(path, '..')).filter((name) => name.includes('damaged'))).toHaveLength(1);
  addConversation(after, 'a');
});

test('while another program holds the file, everything works in memory; afterwards the file is taken up', () => {
  const path = inFolder();
  const before = new AssistantDatabase(path, now);
  addConversation(before, 'kept');
  before.close();
  const other = new Database(path);
  other.pragma('locking_mode = EXCLUSIVE');
  other.exec('BEGIN EXCLUSIVE');
  const database = new AssistantDatabase(path, now);
  expect(database.notices).toMatchObject([{ code: 'database-locked', details: { path } }]);
  expect(database.inFile).toBe(false);
  addConversation(database, 'passing');
  expect(database.reopen()).toBe(false);
  expect(database.notices).toHaveLength(1);
  other.exec('ROLLBACK');
  other.close();
  let replaced = 0;
  database.onReplaced(() => (replaced += 1));
  expect(database.reopen()).toBe(true);
  expect(replaced).toBe(1);
  expect(countConversations(database)).toBe(1);
});

test('a lock, a full disk and damage are told apart', () => {
  const path = inFolder();
  const database = new AssistantDatabase(path, now);
  const other = new Database(path);
  other.exec('BEGIN IMMEDIATE');
  expect(() => addConversation(database, 'a')).toThrow('database-locked');
  other.exec('ROLLBACK');
  other.close();

  const pages = database.connection.pragma('page_count', { simple: true }) as number;
  database.connection.pragma(`max_page_count = ${pages}`);
  const fill = () => {
    for (let index = 0; index < 500; index += 1) addConversation(database, `full${index}`);
  };
  expect(fill).toThrow('disk-full');
});

test('a folder that is a file leaves a working database in memory', () => {
  const path = inFolder();
  writeFileSync(path, '');
  const database = new AssistantDatabase(join(path, 'sotto.db'), now);
  expect(database.inFile).toBe(false);
  expect(database.notices).toHaveLength(1);
  addConversation(database, 'a');
});
