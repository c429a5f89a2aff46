import type { Clip, ClipChange, ClipDescription, ImportBatch } from '../../../contract/voices.ts';
import { UserError } from '../../../contract/user-errors.ts';
import type { VoicePrint } from '../../../engine/voice-print/voice-print.ts';
import type { AssistantDatabase } from '../../database/assistant-database.ts';
import type { ClipFiles } from './clip-files.ts';
import { CLIP_COLUMNS, clipId, clipOf, describedIn, type ClipRow } from './clip-rows.ts';
import { clipWords } from './clip-words.ts';
import { bytesOf, SoundIndex } from './sound-index.ts';

/** What was deleted can be brought back for so long, and at least until the next start. */
const KEPT_AFTER_DELETION_MS = 24 * 60 * 60 * 1000;

export interface NewClip {
  /** SHA-256 of the file's bytes; the file is there already. */
  readonly hash: string;
  readonly description: ClipDescription;
  readonly source: string;
  readonly licence: string;
  readonly recordedHere: boolean;
  readonly seconds: number;
  readonly print: VoicePrint;
}

/** The recordings of voices: what is known of them, and the words and sounds by which they are found. */
export class ClipLibrary {
  readonly files: ClipFiles;
  readonly sounds: SoundIndex;
  private readonly database: AssistantDatabase;
  private readonly now: () => number;
  /** `version` changes when another process writes. */
  private counted: { readonly version: number; readonly count: number } | undefined;

  constructor(database: AssistantDatabase, files: ClipFiles, now: () => number) {
    this.database = database;
    this.files = files;
    this.now = now;
    this.sounds = new SoundIndex(database);
    database.onReplaced(() => (this.counted = undefined));
  }

  has(hash: string): boolean {
    return this.row('hash = ? AND deleted_at IS NULL', hash) !== undefined;
  }

  get(id: string): Clip | undefined {
    const row = this.row('id = ? AND deleted_at IS NULL', id);
    return row && clipOf(row);
  }

  /** @throws UserError voice-missing */
  require(id: string): ClipRow {
    const row = this.row('id = ? AND deleted_at IS NULL', id);
    if (!row) throw new UserError('voice-missing', { voiceId: id });
    return row;
  }

  /** Counting two hundred thousand takes longer than a search, so it is done once for each change. */
  total(): number {
    return this.database.use(() => {
      const version = this.database.connection.pragma('data_version', { simple: true }) as number;
      if (this.counted?.version !== version) {
        const { count } = this.database
          .statement<{ count: number }>('SELECT count(*) AS count FROM clips WHERE deleted_at IS NULL')
          .get()!;
        this.counted = { version, count };
      }
      return this.counted.count;
    });
  }

  openBatch(label: string): string {
    const id = crypto.randomUUID();
    this.database.use(() =>
      this.database
        .statement('INSERT INTO clip_batches (id, label, added_at) VALUES (?, ?, ?)')
        .run(id, label, this.now()),
    );
    return id;
  }

  /** All of them or none. A clip that was deleted and comes again is brought back with what is said of it now. */
  add(clips: readonly NewClip[], batchId: string): void {
    this.counted = undefined;
    this.sounds.load();
    this.database.use(() => {
      for (const clip of clips) this.put(clip, batchId);
    }, 'transaction');
  }

  /** After an import: see `SoundIndex.fileWhenDue`. */
  settle(): void {
    this.sounds.load();
    this.database.use(() => this.sounds.fileWhenDue(), 'transaction');
  }

  describe(id: string, change: ClipChange): Clip {
    const row = this.require(id);
    const { favourite, source = row.source, licence = row.licence, ...described } = change;
    const next = { ...describedIn(row), ...described };
    this.database.use(() => {
      this.database
        .statement(
          `UPDATE clips SET name = ?, transcript = ?, gender = ?, age = ?, style = ?, emotion = ?, language = ?, tags = ?,
             source = ?, licence = ?, favourite = ? WHERE number = ?`,
        )
        .run(...valuesOf(next), source, licence, (favourite ?? row.favourite === 1) ? 1 : 0, row.number);
      this.index(this.row('number = ?', row.number)!);
    }, 'transaction');
    return this.get(id)!;
  }

  /** They can be brought back by `restore`. Returns how many there were. */
  delete(ids: readonly string[]): number {
    this.counted = undefined;
    this.sounds.load();
    return this.database.use(() => {
      const rows = ids.flatMap((id) => this.row('id = ? AND deleted_at IS NULL', id) ?? []);
      for (const { number } of rows) {
        this.database.statement('UPDATE clips SET deleted_at = ? WHERE number = ?').run(this.now(), number);
        this.database.statement('DELETE FROM clip_search WHERE rowid = ?').run(number);
        this.sounds.remove(number);
      }
      return rows.length;
    }, 'transaction');
  }

  restore(ids: readonly string[]): number {
    this.counted = undefined;
    this.sounds.load();
    return this.database.use(() => {
      const rows = ids.flatMap((id) => this.row('id = ? AND deleted_at IS NOT NULL', id) ?? []);
      for (const row of rows) {
        this.database.statement('UPDATE clips SET deleted_at = NULL WHERE number = ?').run(row.number);
        this.index(row);
        const print = this.sounds.printOf(row.number);
        if (print) this.sounds.add(row.number, print);
      }
      return rows.length;
    }, 'transaction');
  }

  /** Newest first; those with nothing left in them are not told. */
  batches(): ImportBatch[] {
    return this.database.use(() =>
      this.database
        .statement<ImportBatch>(
          `SELECT clip_batches.id, label, clip_batches.added_at AS addedAt, count(*) AS clips
           FROM clip_batches JOIN clips ON batch_id = clip_batches.id AND deleted_at IS NULL
           GROUP BY clip_batches.id ORDER BY clip_batches.added_at DESC LIMIT 50`,
        )
        .all(),
    );
  }

  /** Takes an import back. Returns the clips that went, for `restore`. */
  deleteBatch(batchId: string): string[] {
    const ids = this.database.use(() =>
      this.database
        .statement<{ id: string }>('SELECT id FROM clips WHERE batch_id = ? AND deleted_at IS NULL')
        .all(batchId)
        .map(({ id }) => id),
    );
    this.delete(ids);
    return ids;
  }

  /** Forgets for good what was deleted long enough ago, sounds included. */
  purge(olderThanMs = KEPT_AFTER_DELETION_MS): void {
    const rows = this.database.use(() =>
      this.database
        .statement<{ number: number; hash: string }>(
          'SELECT number, hash FROM clips WHERE deleted_at IS NOT NULL AND deleted_at <= ?',
        )
        .all(this.now() - olderThanMs),
    );
    for (const { number, hash } of rows) {
      this.database.use(() => this.database.statement('DELETE FROM clips WHERE number = ?').run(number));
      this.files.remove(hash);
    }
    if (rows.length > 0) this.database.forgetDeleted();
  }

  row(where: string, ...values: unknown[]): ClipRow | undefined {
    return this.database.use(() =>
      this.database.statement<ClipRow>(`SELECT ${CLIP_COLUMNS} FROM clips WHERE ${where}`).get(...values),
    );
  }

  rows(where: string, ...values: unknown[]): ClipRow[] {
    return this.database.use(() =>
      this.database.statement<ClipRow>(`SELECT ${CLIP_COLUMNS} FROM clips WHERE ${where}`).all(...values),
    );
  }

  /** Numbers of the clips that fit an FTS5 expression, newest first. */
  matching(match: string, most: number): number[] {
    return this.database.use(() =>
      this.database
        .statement<{ rowid: number }>(
          'SELECT rowid FROM clip_search WHERE clip_search MATCH ? ORDER BY rowid DESC LIMIT ?',
        )
        .all(match, most)
        .map(({ rowid }) => rowid),
    );
  }

  private put(clip: NewClip, batchId: string): void {
    const { hash, description, print } = clip;
    const before = this.row('hash = ?', hash);
    if (before) this.database.statement('DELETE FROM clips WHERE number = ?').run(before.number);
    const result = this.database
      .statement(
        `INSERT INTO clips (name, transcript, gender, age, style, emotion, language, tags, id, hash, source, licence,
           recorded_here, seconds, pitch_hz, syllables_per_second, added_at, batch_id)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        ...valuesOf(description),
        clipId(hash),
        hash,
        clip.source,
        clip.licence,
        clip.recordedHere ? 1 : 0,
        clip.seconds,
        print.pitchHz ?? null,
        print.syllablesPerSecond,
        this.now(),
        batchId,
      );
    const number = Number(result.lastInsertRowid);
    this.database
      .statement('INSERT INTO clip_sounds (clip_number, kind, print) VALUES (?, ?, ?)')
      .run(number, print.kind, bytesOf(print.vector));
    this.indexWords(number, { ...description, ...print });
    this.sounds.add(number, print.vector);
  }

  private index(row: ClipRow): void {
    this.database.statement('DELETE FROM clip_search WHERE rowid = ?').run(row.number);
    this.indexWords(row.number, clipOf(row));
  }

  private indexWords(number: number, clip: Parameters<typeof clipWords>[0]): void {
    const { name, about, transcript } = clipWords(clip);
    this.database
      .statement('INSERT INTO clip_search (rowid, name, about, transcript) VALUES (?, ?, ?, ?)')
      .run(number, name, about, transcript);
  }
}

function valuesOf(described: ClipDescription): string[] {
  const { name, transcript, gender, age, style, emotion, language, tags } = described;
  return [name, transcript, gender, age, style, emotion, language, JSON.stringify(tags)];
}
