import type { Database } from 'better-sqlite3';

export interface ToDo {
  readonly id: number;
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
}

/** Things to remember that have no time of their own, oldest first. */
export class ToDos {
  private readonly database: Database;

  constructor(database: Database) {
    this.database = database;
    database.exec(
      `CREATE TABLE IF NOT EXISTS to_dos (
         id INTEGER PRIMARY KEY AUTOINCREMENT,
         text TEXT NOT NULL,
         created_at INTEGER NOT NULL
       ) STRICT`,
    );
  }

  add(text: string, createdAt: number): ToDo {
    const { lastInsertRowid } = this.database
      .prepare('INSERT INTO to_dos (text, created_at) VALUES (?, ?)')
      .run(text, createdAt);
    return { id: Number(lastInsertRowid), text, createdAt };
  }

  list(): readonly ToDo[] {
    return this.database
      .prepare('SELECT id, text, created_at AS createdAt FROM to_dos ORDER BY id')
      .all() as ToDo[];
  }

  remove(id: number): boolean {
    return this.database.prepare('DELETE FROM to_dos WHERE id = ?').run(id).changes > 0;
  }
}
