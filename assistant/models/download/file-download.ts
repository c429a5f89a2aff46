import { mkdir, open, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { diskError } from './disk-error.ts';
import { ByteRanges, type ByteRange } from './byte-ranges.ts';
import { readJournal, writeJournal } from './file-journal.ts';
import type { ListedFile } from './listed-file.ts';
import { RunningSum } from './running-sum.ts';

/** A power cut loses at most what came in this time. */
const JOURNAL_EVERY_MS = 2000;

/**
 * One file on its way to the disk: `PATH.partial` and `PATH.partial.json`, and nothing under its own name before its
 * sum has been compared.
 */
export class FileDownload {
  readonly file: ListedFile;
  private readonly path: string;
  private readonly there = new ByteRanges();
  private readonly claimed = new ByteRanges();
  private handle: FileHandle | undefined;
  private sum: RunningSum | undefined;
  private savedAt = 0;
  private saving: Promise<void> | undefined;
  private host = '';
  /** What the server calls this state of the content; undefined until it has told it. */
  validator: string | undefined;
  /** The server sends the whole file whatever it is asked for. */
  isWhole = false;
  /** Grows whenever everything is thrown away, so that what was under way for the former content is not kept. */
  generation = 0;
  isFinished = false;

  constructor(folder: string, file: ListedFile) {
    this.file = file;
    this.path = join(folder, ...file.path.split('/'));
  }

  get receivedBytes(): number {
    return this.isFinished ? this.file.bytes : this.there.bytes;
  }

  get isComplete(): boolean {
    return this.there.prefixEnd === this.file.bytes;
  }

  /** Takes up what an earlier attempt left. `host` is where it comes from now. */
  async begin(host: string): Promise<void> {
    try {
      await mkdir(dirname(this.path), { recursive: true });
      if ((await stat(this.path).catch(() => undefined))?.size === this.file.bytes) {
        this.isFinished = true;
        await this.dropRemains();
        return;
      }
      const journal = await readJournal(`${this.partial}.json`);
      const { bytes, sum } = this.file;
      const isSameContent = journal?.sum !== undefined && journal.sum.value === sum?.value;
      const isSameFile = journal?.bytes === bytes && (isSameContent || (journal.host === host && !sum === !journal.sum));
      this.handle = await open(this.partial, isSameFile ? 'r+' : 'w+').catch(() => open(this.partial, 'w+'));
      const onDisk = (await this.handle.stat()).size;
      if (journal && isSameFile) {
        for (const { start, end } of journal.ranges) this.there.add({ start, end: Math.min(end, onDisk) });
        if (journal.host === host) this.validator = journal.validator;
      }
      this.host = host;
      this.sum = new RunningSum(sum?.algorithm ?? 'sha256', bytes, this.handle);
    } catch (error) {
      throw diskError(error, this.partial);
    }
  }

  /** The next stretch that nobody fetches yet; it is the caller's until it is released. */
  claim(longest: number): ByteRange | undefined {
    const gap = this.nextGap(longest);
    if (gap) this.claimed.add(gap);
    return gap;
  }

  get hasUnclaimed(): boolean {
    return this.nextGap(1) !== undefined;
  }

  release(range: ByteRange): void {
    this.claimed.remove(range);
  }

  /** Bytes that lie at `start`, of the content that `generation` counts. */
  async write(chunk: Uint8Array, start: number, generation: number): Promise<void> {
    try {
      let written = 0;
      while (written < chunk.length) {
        const { bytesWritten } = await this.opened.write(
          chunk,
          written,
          chunk.length - written,
          start + written,
        );
        written += bytesWritten;
      }
    } catch (error) {
      throw diskError(error, this.partial);
    }
    if (generation !== this.generation) return;
    this.there.add({ start, end: start + chunk.length });
    if (Date.now() - this.savedAt > JOURNAL_EVERY_MS) await this.save();
  }

  /** Sums what has come without a gap; costs little while it is still in the system's memory. */
  followSum(signal: AbortSignal): Promise<void> {
    return this.sum?.follow(this.there.prefixEnd, signal) ?? Promise.resolve();
  }

  /** Throws away everything: the content is another one now. */
  async restart(): Promise<void> {
    this.generation += 1;
    this.validator = undefined;
    this.isWhole = false;
    for (const range of this.there.ranges) this.there.remove(range);
    for (const range of this.claimed.ranges) this.claimed.remove(range);
    await this.opened.truncate(0);
    this.sum = new RunningSum(this.file.sum?.algorithm ?? 'sha256', this.file.bytes, this.opened);
    await this.save();
  }

  /** Compares the sum and gives the file its name. False: it was wrong, and is gone. */
  async finish(signal: AbortSignal): Promise<boolean> {
    await this.followSum(signal);
    const digest = this.sum?.digest();
    if (this.file.sum && digest !== this.file.sum.value) {
      await this.restart();
      return false;
    }
    try {
      await this.saving;
      await this.opened.truncate(this.file.bytes);
      await this.opened.sync();
      await this.close();
      await rename(this.partial, this.path);
      await this.dropRemains();
    } catch (error) {
      throw diskError(error, this.path);
    }
    this.isFinished = true;
    return true;
  }

  /** Keeps what has come and lets go of the file. */
  async suspend(): Promise<void> {
    if (!this.handle) return;
    await this.save().catch(() => {});
    await this.close();
  }

  private async dropRemains(): Promise<void> {
    for (const name of [this.partial, `${this.partial}.json`]) await rm(name, { force: true });
  }

  private nextGap(longest: number): ByteRange | undefined {
    if (this.isFinished || !this.handle) return undefined;
    if (this.isWhole) {
      const isFree = this.claimed.bytes === 0 && !this.isComplete;
      return isFree ? { start: this.there.prefixEnd, end: this.file.bytes } : undefined;
    }
    const known = new ByteRanges([...this.there.ranges, ...this.claimed.ranges]);
    return known.firstGap(this.file.bytes, longest);
  }

  /** First the content, then the word that it is there. */
  private save(): Promise<void> {
    this.savedAt = Date.now();
    this.saving ??= (async () => {
      try {
        const ranges = [...this.there.ranges];
        await this.opened.datasync();
        const { bytes, sum } = this.file;
        const { host, validator } = this;
        await writeJournal(`${this.partial}.json`, { bytes, sum, host, validator, ranges });
      } catch (error) {
        throw diskError(error, this.partial);
      } finally {
        this.saving = undefined;
      }
    })();
    return this.saving;
  }

  private async close(): Promise<void> {
    const { handle } = this;
    this.handle = undefined;
    await handle?.close();
  }

  private get partial(): string {
    return `${this.path}.partial`;
  }

  private get opened(): FileHandle {
    if (!this.handle) throw new Error(`${this.path} is not open.`);
    return this.handle;
  }
}
