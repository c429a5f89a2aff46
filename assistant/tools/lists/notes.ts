import type { Database } from 'better-sqlite3';

export interface Note {
  readonly id: number;
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
}

/** Notes in the assistant's database, newest first. */
export class Notes {
  private readonly database: Database;

  constructor(database: Database) {
    this.database = database;
    database.exec(
      `CREATE TABLE IF NOT EXISTS notes (
         id INTEGER PRIMARY KEY AUTOINCREMENT,
         text TEXT NOT NULL,
         created_at INTEGER NOT NULL
       ) STRICT`,
    );
  }

  add(text: string, createdAt: number): Note {
    const { lastInsertRowid } = this.database
      .prepare('INSERT INTO notes (text, created_at) VALUES (?, ?)')
      .run(text, createdAt);
    return { id: Number(lastInsertRowid), text, createdAt };
  }

  list(limit = 100): readonly Note[] {
    return this.database
      .prepare(
        'SELECT id, text, created_at AS createdAt FROM notes ORDER BY created_at DESC, id DESC LIMIT ?',
      )
      .all(limit) as Note[];
  }

  count(): number {
    return (this.database.prepare('SELECT count(*) AS count FROM notes').get() as { count: number }).count;
  }

  remove(id: number): boolean {
    return this.database.prepare('DELETE FROM notes WHERE id = ?').run(id).changes > 0;
  }

  /** How many were deleted. */
  removeAll(): number {
    return this.database.prepare('DELETE FROM notes').run().changes;
  }
}
