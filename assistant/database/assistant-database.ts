import { existsSync, renameSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { Failure } from '../../contract/turn-events.ts';
import { UserError } from '../../contract/user-errors.ts';
import { damagedFileName } from '../damaged-file-name.ts';
import { failureOf } from '../failures.ts';
import { databaseError } from './database-errors.ts';
import { migrate } from './migrations.ts';

const BUSY_TIMEOUT_MS = 400;
/** A database up to this size is checked at every start; checking reads all of it. */
const ALWAYS_CHECKED_BYTES = 16 * 1024 * 1024;

/**
 * The assistant's one database. A damaged file is kept aside and a new one begun; while the file cannot be used
 * (locked by another program, a folder that may not be written), the assistant works on one in memory, and
 * `reopen` tries again. Every failure that a person can act on leaves here as a UserError.
 */
export class AssistantDatabase {
  readonly path: string;
  private readonly now: () => number;
  private database: Database.Database;
  private statements = new Map<string, Database.Statement>();
  private readonly listeners = new Set<() => void>();
  private foundDamaged = false;
  /** False while nothing survives a restart. */
  inFile = false;
  /** Problems met, for the person. */
  readonly notices: Failure[] = [];

  constructor(path: string, now: () => number) {
    this.path = path;
    this.now = now;
    this.database = this.open();
  }

  /** For parts that prepare their own statements; it changes when `onReplaced` listeners are called. */
  get connection(): Database.Database {
    return this.database;
  }

  statement<Row = unknown>(sql: string): Database.Statement<unknown[], Row> {
    let statement = this.statements.get(sql);
    if (!statement) this.statements.set(sql, (statement = this.database.prepare(sql)));
    return statement as Database.Statement<unknown[], Row>;
  }

  /** Runs `work`, in one transaction if asked; SQLite's failures come out as UserErrors. */
  use<T>(work: () => T, mode: 'read' | 'transaction' = 'read'): T {
    try {
      return mode === 'transaction' ? this.database.transaction(work).immediate() : work();
    } catch (error) {
      const known = databaseError(error, this.path);
      if (known instanceof UserError && known.code === 'database-damaged') this.foundDamaged = true;
      throw known;
    }
  }

  /** Tries the file again after a failure. True when the connection was replaced. */
  reopen(): boolean {
    if (this.inFile && !this.foundDamaged) return false;
    const before = this.database;
    const wasInFile = this.inFile;
    if (this.foundDamaged) {
      before.close();
      this.keepAside();
    }
    const noticesBefore = this.notices.length;
    const after = this.open();
    if (!this.inFile && !wasInFile) {
      after.close();
      this.notices.length = noticesBefore;
      return false;
    }
    if (before.open) before.close();
    this.database = after;
    this.statements = new Map();
    for (const listener of [...this.listeners]) listener();
    return true;
  }

  onReplaced(listener: () => void): void {
    this.listeners.add(listener);
  }

  /** Leaves no trace of what was deleted, neither in free pages nor in the write-ahead log. */
  forgetDeleted(): void {
    this.use(() => this.database.pragma('wal_checkpoint(TRUNCATE)'));
  }

  close(): void {
    if (this.database.open) this.database.close();
  }

  private open(): Database.Database {
    try {
      return this.openFile();
    } catch (error) {
      const known = databaseError(error, this.path);
      if (known instanceof UserError && known.code === 'database-damaged' && this.keepAside())
        return this.open();
      this.notices.push(failureOf(known));
      this.inFile = false;
      return prepared(new Database(':memory:'));
    }
  }

  private openFile(): Database.Database {
    const isSmall = existsSync(this.path) && statSync(this.path).size <= ALWAYS_CHECKED_BYTES;
    const database = new Database(this.path, { timeout: BUSY_TIMEOUT_MS });
    try {
      database.pragma('journal_mode = WAL');
      if (isSmall) requireIntact(database, this.path);
      prepared(database);
    } catch (error) {
      database.close();
      throw error;
    }
    this.inFile = true;
    return database;
  }

  /** False when the file cannot even be renamed. */
  private keepAside(): boolean {
    this.foundDamaged = false;
    const aside = damagedFileName(this.path, this.now());
    try {
      for (const part of ['', '-wal', '-shm']) {
        if (existsSync(this.path + part)) renameSync(this.path + part, aside + part);
      }
    } catch {
      return false;
    }
    this.notices.push({ code: 'database-damaged', details: { keptAs: aside, path: this.path } });
    return true;
  }
}

function prepared(database: Database.Database): Database.Database {
  // After kill -9 nothing written is lost at NORMAL in WAL mode; after a power cut the last moments may be.
  database.pragma('synchronous = NORMAL');
  database.pragma('foreign_keys = ON');
  database.pragma('secure_delete = ON');
  migrate(database);
  return database;
}

function requireIntact(database: Database.Database, path: string): void {
  const answer = database.pragma('quick_check(1)', { simple: true });
  if (answer !== 'ok') throw new UserError('database-damaged', { path, finding: String(answer) });
}
