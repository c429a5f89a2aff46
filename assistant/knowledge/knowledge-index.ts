import { rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { databaseError } from '../database/database-errors.ts';
import { searchableText } from '../history/search-words.ts';
import type { Passage } from '../retrieval/passages.ts';
import { knowledgeTables, knowledgeVersion } from './knowledge-tables.ts';
import { matchAny } from './match-any.ts';

export interface IndexedFile {
  readonly path: string;
  readonly folder: string;
  readonly modifiedMs: number;
  readonly bytes: number;
  /** The file's name, cleaned. */
  readonly title: string;
  /** Why it could not be read; empty when it could. */
  readonly problem: string;
}

export interface KnownFile {
  readonly title: string;
  readonly path: string;
}

const BUSY_TIMEOUT_MS = 2000;

/** The index in a database of its own. When it is damaged it is begun anew: the files are the truth. */
export class KnowledgeIndex {
  readonly #path: string;
  #database: Database.Database;

  constructor(path: string) {
    this.#path = path;
    this.#database = opened(path);
  }

  /** Path to when it was changed and how large it was, of a folder. */
  stamps(folder: string): Map<string, { modifiedMs: number; bytes: number }> {
    const rows = this.#use(() =>
      this.#database.prepare('SELECT path, modified_ms, bytes FROM files WHERE folder = ?').all(folder),
    ) as { path: string; modified_ms: number; bytes: number }[];
    return new Map(rows.map(({ path, modified_ms, bytes }) => [path, { modifiedMs: modified_ms, bytes }]));
  }

  /** Replaces what was known of the file, whole or not at all. */
  put(file: IndexedFile, passages: readonly Passage[]): void {
    this.#use(() =>
      this.#database
        .transaction(() => {
          this.#forget(file.path);
          const { path, folder, modifiedMs, bytes, title, problem } = file;
          const { lastInsertRowid } = this.#database
            .prepare(
              'INSERT INTO files (path, folder, modified_ms, bytes, title, problem) VALUES (?, ?, ?, ?, ?, ?)',
            )
            .run(path, folder, modifiedMs, bytes, title, problem);
          const add = this.#database.prepare(
            'INSERT INTO passages (file_number, heading, sentences) VALUES (?, ?, ?)',
          );
          const search = this.#database.prepare(
            'INSERT INTO passage_search (rowid, title, heading, text) VALUES (?, ?, ?, ?)',
          );
          for (const { heading, sentences } of passages) {
            const passage = add.run(lastInsertRowid, heading, JSON.stringify(sentences));
            search.run(
              passage.lastInsertRowid,
              searchableText(title),
              searchableText(heading),
              searchableText(sentences.join(' ')),
            );
          }
        })
        .immediate(),
    );
  }

  forget(paths: readonly string[]): void {
    this.#use(() =>
      this.#database.transaction(() => paths.forEach((path) => this.#forget(path))).immediate(),
    );
  }

  /** The folders that something is known of. */
  folders(): string[] {
    const rows = this.#use(() => this.#database.prepare('SELECT DISTINCT folder FROM files').all());
    return (rows as { folder: string }[]).map(({ folder }) => folder);
  }

  counts(folder: string): { files: number; passages: number; unread: number } {
    return this.#use(() =>
      this.#database
        .prepare(
          `SELECT count(*) AS files, coalesce(sum(problem <> ''), 0) AS unread,
             (SELECT count(*) FROM passages JOIN files AS f ON f.number = file_number WHERE f.folder = ?) AS passages
           FROM files WHERE folder = ?`,
        )
        .get(folder, folder),
    ) as { files: number; passages: number; unread: number };
  }

  /** Passages with any of the words, the best by BM25 first. */
  find(words: string, most: number): { source: KnownFile; passage: Passage }[] {
    const query = matchAny(words);
    if (!query) return [];
    const rows = this.#use(() =>
      this.#database
        .prepare(
          `SELECT f.title, f.path, p.heading, p.sentences FROM passage_search
           JOIN passages AS p ON p.number = passage_search.rowid JOIN files AS f ON f.number = p.file_number
           WHERE passage_search MATCH ? ORDER BY bm25(passage_search, 2, 2, 1) LIMIT ?`,
        )
        .all(query, most),
    ) as { title: string; path: string; heading: string; sentences: string }[];
    return rows.map(({ title, path, heading, sentences }) => ({
      source: { title, path },
      passage: { heading, sentences: JSON.parse(sentences) as string[] },
    }));
  }

  close(): void {
    this.#database.close();
  }

  #forget(path: string): void {
    this.#database
      .prepare(
        `DELETE FROM passage_search WHERE rowid IN
           (SELECT p.number FROM passages AS p JOIN files AS f ON f.number = p.file_number WHERE f.path = ?)`,
      )
      .run(path);
    this.#database.prepare('DELETE FROM files WHERE path = ?').run(path);
  }

  #use<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw databaseError(error, this.#path);
    }
  }
}

function opened(path: string): Database.Database {
  try {
    return prepared(path);
  } catch {
    for (const part of ['', '-wal', '-shm']) rmSync(path + part, { force: true });
    return prepared(path);
  }
}

function prepared(path: string): Database.Database {
  const database = new Database(path, { timeout: BUSY_TIMEOUT_MS });
  try {
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = NORMAL');
    database.pragma('foreign_keys = ON');
    if ((database.pragma('user_version', { simple: true }) as number) > knowledgeVersion)
      throw new Error('too new');
    database.exec(knowledgeTables);
    database.pragma(`user_version = ${knowledgeVersion}`);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}
