import { watch, type FSWatcher } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, parse, relative } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { KnowledgeStatus, KnownPassage } from '../../contract/knowledge.ts';
import { UserError } from '../../contract/user-errors.ts';
import { findPassages, type PassageJudge } from '../retrieval/find-passages.ts';
import { KnowledgeIndex, type KnownFile } from './knowledge-index.ts';
import { documentTitle, readDocument, Unreadable } from './read-document.ts';
import { walkFolder, type WalkedFile } from './walk-folder.ts';

export interface KnowledgeOptions {
  readonly databaseFile: string;
  readonly folders: () => readonly string[];
  readonly setFolders: (folders: string[]) => void;
  readonly onChange: (status: KnowledgeStatus) => void;
  /** Told of what nobody else would learn. */
  readonly report: (error: unknown) => void;
}

const MOST_FOLDERS = 20;
const FOUND_BY_WORDS = 60;
/** Editors write a file in several steps. */
const CALM_MS = 1500;
const TOLD_EVERY_MS = 250;

/**
 * The person's own files, findable: Markdown, text, HTML and PDF of the folders that they picked. Files are read in the
 * background, one at a time, and read again when they change. Nothing of it leaves the machine by itself.
 */
export class Knowledge {
  readonly #options: KnowledgeOptions;
  readonly #watchers = new Map<string, FSWatcher>();
  readonly #problems = new Map<string, string>();
  readonly #closing = new AbortController();
  #index: KnowledgeIndex | undefined;
  #work: Promise<void> = Promise.resolve();
  #progress: { done: number; total: number } | undefined;
  #toldAt = 0;
  #calm: NodeJS.Timeout | undefined;

  constructor(options: KnowledgeOptions) {
    this.#options = options;
  }

  get hasFolders(): boolean {
    return this.#options.folders().length > 0;
  }

  /** Reads what has changed since the last time, and watches from now on. */
  start(): void {
    if (!this.hasFolders) return;
    for (const folder of this.#options.folders()) this.#watch(folder);
    void this.refresh().catch(this.#options.report);
  }

  status(): KnowledgeStatus {
    const folders = this.#options.folders().map((path) => ({
      path,
      ...(this.#index?.counts(path) ?? { files: 0, passages: 0, unread: 0 }),
      problem: this.#problems.get(path) ?? '',
    }));
    return { folders, ...(this.#progress ? { progress: this.#progress } : {}) };
  }

  /** Resolves once the folder is taken; its files are read after that. Throws UserError `knowledge-folder`. */
  async add(given: string): Promise<void> {
    const refuse = (reason: string) => new UserError('knowledge-folder', { path: given, reason });
    const wanted = given.trim().replace(/^~(?=$|[\\/])/, homedir());
    if (!isAbsolute(wanted)) throw refuse('not-absolute');
    const path = await realpath(wanted).catch(() => undefined);
    if (!path || !(await stat(path)).isDirectory()) throw refuse('missing');
    if (path === parse(path).root) throw refuse('whole-disk');
    const folders = this.#options.folders();
    if (folders.some((folder) => isWithin(path, folder))) throw refuse('already-there');
    if (folders.length >= MOST_FOLDERS) throw refuse('too-many');
    this.#options.setFolders([...folders.filter((folder) => !isWithin(folder, path)), path]);
    this.#watch(path);
    void this.refresh().catch(this.#options.report);
  }

  remove(path: string): void {
    this.#options.setFolders(this.#options.folders().filter((folder) => folder !== path));
    this.#watchers.get(path)?.close();
    this.#watchers.delete(path);
    void this.refresh().catch(this.#options.report);
  }

  /** Resolves when everything that was there at the call is known. */
  refresh(): Promise<void> {
    const work = this.#work.catch(() => {}).then(() => this.#readAll(this.#closing.signal));
    this.#work = work;
    return work;
  }

  async search(
    question: string,
    most: number,
    judge: PassageJudge | undefined,
    signal: AbortSignal,
  ): Promise<KnownPassage[]> {
    const candidates = this.#opened().find(question, FOUND_BY_WORDS);
    const keyOf = ({ path }: KnownFile) => path;
    const found = await findPassages(question, candidates, { most, keyOf, judge }, signal);
    return found.map(({ source, passage, quote, marked }) => ({
      ...source,
      heading: passage.heading,
      extract: quote,
      passage: marked,
    }));
  }

  async close(): Promise<void> {
    clearTimeout(this.#calm);
    this.#closing.abort(new DOMException('Sotto is closing.', 'AbortError'));
    for (const watcher of this.#watchers.values()) watcher.close();
    await this.#work.catch(() => {});
    this.#index?.close();
    this.#index = undefined;
  }

  async #readAll(signal: AbortSignal): Promise<void> {
    const index = this.#opened();
    const folders = this.#options.folders();
    for (const folder of index.folders()) {
      if (!folders.includes(folder)) index.forget([...index.stamps(folder).keys()]);
    }
    try {
      for (const folder of folders) await this.#readFolder(folder, index, signal);
    } finally {
      this.#progress = undefined;
      if (!signal.aborted) this.#tell(true);
    }
  }

  async #readFolder(folder: string, index: KnowledgeIndex, signal: AbortSignal): Promise<void> {
    let files: WalkedFile[];
    try {
      files = await walkFolder(folder, signal);
      this.#problems.delete(folder);
    } catch (error) {
      signal.throwIfAborted();
      // A disk that is not plugged in comes back: what is known of it stays.
      this.#problems.set(folder, (error as NodeJS.ErrnoException).code ?? 'unknown');
      return;
    }
    const known = index.stamps(folder);
    const present = new Set(files.map(({ path }) => path));
    index.forget([...known.keys()].filter((path) => !present.has(path)));
    const changed = files.filter(({ path, modifiedMs, bytes }) => {
      const stamp = known.get(path);
      return stamp?.modifiedMs !== modifiedMs || stamp.bytes !== bytes;
    });
    for (const [done, file] of changed.entries()) {
      this.#progress = { done, total: changed.length };
      this.#tell(done === 0);
      await this.#readFile(folder, file, index, signal);
      await nextTurn();
      signal.throwIfAborted();
    }
  }

  async #readFile(
    folder: string,
    file: WalkedFile,
    index: KnowledgeIndex,
    signal: AbortSignal,
  ): Promise<void> {
    const facts = { ...file, folder, title: documentTitle(file.path) };
    try {
      index.put({ ...facts, problem: '' }, await readDocument(file.path, file.bytes, signal));
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof UserError) throw error;
      index.put({ ...facts, problem: error instanceof Unreadable ? error.message : 'could not be read' }, []);
    }
  }

  #watch(folder: string): void {
    if (this.#watchers.has(folder)) return;
    try {
      const watcher = watch(folder, { recursive: true, persistent: false }, () => {
        clearTimeout(this.#calm);
        this.#calm = setTimeout(() => void this.refresh().catch(this.#options.report), CALM_MS).unref();
      });
      // A folder that cannot be watched is read again at the next start.
      watcher.on('error', () => watcher.close());
      this.#watchers.set(folder, watcher);
    } catch (error) {
      this.#problems.set(folder, (error as NodeJS.ErrnoException).code ?? 'unknown');
    }
  }

  #opened(): KnowledgeIndex {
    this.#index ??= new KnowledgeIndex(this.#options.databaseFile);
    return this.#index;
  }

  /** Between the beginning and the end of a folder only now and then. */
  #tell(always: boolean): void {
    const now = performance.now();
    if (!always && now - this.#toldAt < TOLD_EVERY_MS) return;
    this.#toldAt = now;
    this.#options.onChange(this.status());
  }
}

function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === '' || (!way.startsWith('..') && !isAbsolute(way));
}
