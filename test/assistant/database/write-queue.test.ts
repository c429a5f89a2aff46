import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test, vi } from 'vitest';
import { AssistantDatabase } from '../../../assistant/database/assistant-database.ts';
import { WriteQueue } from '../../../assistant/database/write-queue.ts';
import { temporaryFolder } from '../running-assistant.ts';

const insert = (id: string) => (database: AssistantDatabase) =>
  void database
    .statement('INSERT INTO conversations (id, title, started_at, updated_at) VALUES (?, ?, 1, 1)')
    .run(id, '');
const ids = (database: AssistantDatabase) =>
  database
    .statement<{ id: string }>('SELECT id FROM conversations ORDER BY rowid')
    .all()
    .map((row) => row.id);

test('what cannot be written while the file is locked is written later, in order, and told once', () => {
  vi.useFakeTimers();
  const path = join(temporaryFolder(), 'sotto.db');
  const database = new AssistantDatabase(path, () => 0);
  const failures: unknown[] = [];
  const queue = new WriteQueue(database, (error) => failures.push(error));
  queue.add(insert('1'));
  const other = new Database(path);
  other.exec('BEGIN IMMEDIATE');
  queue.add(insert('2'));
  queue.add(insert('3'));
  expect(ids(database)).toEqual(['1']);
  expect(failures).toMatchObject([{ code: 'database-locked' }]);
  other.exec('ROLLBACK');
  other.close();
  vi.advanceTimersByTime(1000);
  expect(ids(database)).toEqual(['1', '2', '3']);
  vi.useRealTimers();
});

test('a write that can never succeed is told and does not hold up the others', () => {
  const database = new AssistantDatabase(join(temporaryFolder(), 'sotto.db'), () => 0);
  const failures: unknown[] = [];
  const queue = new WriteQueue(database, (error) => failures.push(error));
  queue.add(insert('1'));
  queue.add(insert('1'));
  queue.add(insert('2'));
  expect(ids(database)).toEqual(['1', '2']);
  expect(failures).toHaveLength(1);
});

test('a full disk is told once, and what waits is written when there is room', () => {
  vi.useFakeTimers();
  const database = new AssistantDatabase(join(temporaryFolder(), 'sotto.db'), () => 0);
  const failures: unknown[] = [];
  const queue = new WriteQueue(database, (error) => failures.push(error));
  const pages = database.connection.pragma('page_count', { simple: true }) as number;
  database.connection.pragma(`max_page_count = ${pages}`);
  for (let index = 0; index < 60; index += 1) queue.add(insert(`${index}`.padStart(900, '0')));
  expect(failures).toMatchObject([{ code: 'disk-full' }]);
  expect(ids(database).length).toBeLessThan(60);
  database.connection.pragma('max_page_count = 100000');
  vi.advanceTimersByTime(1000);
  expect(ids(database)).toHaveLength(60);
  vi.useRealTimers();
});
