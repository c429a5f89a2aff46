import type { Database } from 'better-sqlite3';

/** The shopping list in the assistant's database, in the order things were added. */
export class ShoppingList {
  private readonly database: Database;

  constructor(database: Database) {
    this.database = database;
    database.exec(
      `CREATE TABLE IF NOT EXISTS shopping_items (
         id INTEGER PRIMARY KEY AUTOINCREMENT,
         text TEXT NOT NULL UNIQUE COLLATE NOCASE,
         created_at INTEGER NOT NULL
       ) STRICT`,
    );
  }

  /** False when it is on the list already. */
  add(text: string, createdAt: number): boolean {
    const { changes } = this.database
      .prepare('INSERT OR IGNORE INTO shopping_items (text, created_at) VALUES (?, ?)')
      .run(text, createdAt);
    return changes > 0;
  }

  list(): readonly string[] {
    const rows = this.database.prepare('SELECT text FROM shopping_items ORDER BY id').all();
    return (rows as { text: string }[]).map((row) => row.text);
  }

  remove(text: string): boolean {
    return this.database.prepare('DELETE FROM shopping_items WHERE text = ?').run(text).changes > 0;
  }

  /** How many were deleted. */
  removeAll(): number {
    return this.database.prepare('DELETE FROM shopping_items').run().changes;
  }
}
