import { randomUUID } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import type { NewScheduledItem, Repeat, ScheduledItem, ScheduledKind } from './scheduled-item.ts';

interface Row {
  id: string;
  kind: ScheduledKind;
  title: string;
  due_at: number;
  created_at: number;
  repeat: string | null;
}

/** Timers, alarms and reminders in the assistant's database. A row is there until its item has fired for good. */
export class ScheduleStore {
  private readonly database: Database;

  constructor(database: Database) {
    this.database = database;
    database.exec(
      `CREATE TABLE IF NOT EXISTS scheduled (
         id TEXT PRIMARY KEY,
         kind TEXT NOT NULL CHECK (kind IN ('timer', 'alarm', 'reminder')),
         title TEXT NOT NULL,
         due_at INTEGER NOT NULL,
         created_at INTEGER NOT NULL,
         repeat TEXT
       ) STRICT`,
    );
  }

  add(item: NewScheduledItem, createdAt: number): ScheduledItem {
    const added: ScheduledItem = { ...item, id: randomUUID(), createdAt };
    this.database
      .prepare(
        'INSERT INTO scheduled (id, kind, title, due_at, created_at, repeat) VALUES (?, ?, ?, ?, ?, ?)',
      )
      .run(
        added.id,
        added.kind,
        added.title,
        added.dueAt,
        createdAt,
        added.repeat ? JSON.stringify(added.repeat) : null,
      );
    return added;
  }

  /** Soonest first. */
  list(kind?: ScheduledKind): readonly ScheduledItem[] {
    const rows = this.database
      .prepare('SELECT * FROM scheduled WHERE ? IS NULL OR kind = ? ORDER BY due_at, created_at')
      .all(kind ?? null, kind ?? null);
    return (rows as Row[]).map(itemOf);
  }

  reschedule(id: string, dueAt: number): void {
    this.database.prepare('UPDATE scheduled SET due_at = ? WHERE id = ?').run(dueAt, id);
  }

  remove(id: string): boolean {
    return this.database.prepare('DELETE FROM scheduled WHERE id = ?').run(id).changes > 0;
  }
}

function itemOf(row: Row): ScheduledItem {
  return {
    id: row.id,
    kind: row.kind,
    title: row.title,
    dueAt: row.due_at,
    createdAt: row.created_at,
    ...(row.repeat ? { repeat: JSON.parse(row.repeat) as Repeat } : {}),
  };
}
