import { UserError } from '../../contract/user-errors.ts';
import type { AssistantDatabase } from './assistant-database.ts';

const RETRY_MS = 1000;
/** More than any turn writes; a queue that long means that the file will not come back. */
const LONGEST_QUEUE = 5000;

type Write = (database: AssistantDatabase) => void;

/**
 * Writes in order, each at once. While the database is locked or the disk is full, writes wait here and are tried
 * again with the next one and every second, so that a busy moment loses nothing. The person is told once.
 */
export class WriteQueue {
  private readonly database: AssistantDatabase;
  private readonly onFailure: (error: unknown) => void;
  private readonly waiting: Write[] = [];
  private timer: NodeJS.Timeout | undefined;
  private told = false;

  constructor(database: AssistantDatabase, onFailure: (error: unknown) => void) {
    this.database = database;
    this.onFailure = onFailure;
  }

  add(write: Write): void {
    if (this.waiting.length >= LONGEST_QUEUE) this.waiting.shift();
    this.waiting.push(write);
    this.flush();
  }

  /** Writes what waits, as far as it goes. */
  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    while (this.waiting.length > 0) {
      const write = this.waiting[0] as Write;
      try {
        this.database.use(() => write(this.database), 'transaction');
        this.waiting.shift();
        this.told = false;
      } catch (error) {
        if (!this.told) this.onFailure(error);
        this.told = true;
        if (!mayPass(error)) {
          this.waiting.shift();
          continue;
        }
        this.timer = setTimeout(() => this.flush(), RETRY_MS).unref();
        return;
      }
    }
  }

  close(): void {
    this.flush();
    clearTimeout(this.timer);
    this.waiting.length = 0;
  }
}

function mayPass(error: unknown): boolean {
  return (
    error instanceof UserError && ['database-locked', 'disk-full', 'file-not-writable'].includes(error.code)
  );
}
