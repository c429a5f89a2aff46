import { getLoadablePath } from 'sqlite-vec';
import { VOICE_PRINT_KIND, VOICE_PRINT_LENGTH } from '../../../engine/voice-print/voice-print.ts';
import type { AssistantDatabase } from '../../database/assistant-database.ts';
import { cellCentres, nearestCell, nearestCells, type Print } from './print-cells.ts';

/** With fewer prints all of them are compared; at each of these counts they are filed in cells anew. */
const FILED_AT = [4000, 40_000];
/** Prints from which the cells are learned. */
const LEARNED_FROM = 4000;
/** A search looks into so many cells, that is about one print in fifty. */
const CELLS_SEARCHED = 5;
/** An archive cannot be loaded from; packaging puts native files beside it. */
const ARCHIVE = /app\.asar(?=[\\/])/;

export interface NearClip {
  readonly number: number;
  /** Euclidean, of values in [-127, 127]. */
  readonly distance: number;
}

/**
 * The nearest prints of one kind, in sqlite-vec. The table is an index: it is made out of `clip_sounds` when it is first
 * needed, and nothing is loaded before that. Nearest means among the nearest cells: some of the far
 * neighbours are missed in a large library, the near ones hardly ever.
 */
export class SoundIndex {
  private readonly database: AssistantDatabase;
  private centres: Print[] | undefined;
  private isLoaded = false;

  constructor(database: AssistantDatabase) {
    this.database = database;
    database.onReplaced(() => {
      this.isLoaded = false;
      this.centres = undefined;
    });
  }

  add(number: number, print: Print): void {
    if (!this.load()) return;
    const cell = this.cells().length === 0 ? 0 : nearestCell(print, this.cells());
    this.insert(number, cell, print);
  }

  remove(number: number): void {
    if (this.load())
      this.database.statement('DELETE FROM clip_sound_index WHERE clip = ?').run(BigInt(number));
  }

  /** Learns cells when the library has grown enough since the last time. Returns whether it did. */
  fileWhenDue(): boolean {
    if (!this.load()) return false;
    const { count } = this.database
      .statement<{ count: number }>('SELECT count(*) AS count FROM clip_sounds WHERE kind = ?')
      .get(VOICE_PRINT_KIND)!;
    const learned = this.database
      .statement<{ count: number }>(`SELECT count(*) AS count FROM clip_cells WHERE kind = ?`)
      .get(`${VOICE_PRINT_KIND} at`)!.count;
    const due = FILED_AT.filter((size) => count >= size).length;
    if (due <= learned) return false;
    this.file(count, due);
    return true;
  }

  /** The nearest first. */
  near(print: Print, most: number): NearClip[] {
    if (!this.load()) return [];
    const centres = this.cells();
    const cells = centres.length === 0 ? [0] : nearestCells(print, centres, CELLS_SEARCHED);
    const ask = this.database.statement<{ clip: number; distance: number }>(
      'SELECT clip, distance FROM clip_sound_index WHERE print MATCH vec_int8(?) AND k = ? AND cell = ?',
    );
    return cells
      .flatMap((cell) => ask.all(bytesOf(print), BigInt(most), BigInt(cell)))
      .sort((a, b) => a.distance - b.distance)
      .slice(0, most)
      .map(({ clip, distance }) => ({ number: clip, distance }));
  }

  printOf(number: number): Print | undefined {
    const row = this.database
      .statement<{ print: Buffer }>('SELECT print FROM clip_sounds WHERE clip_number = ? AND kind = ?')
      .get(number, VOICE_PRINT_KIND);
    return row && printIn(row.print);
  }

  private file(count: number, due: number): void {
    const step = Math.max(1, Math.floor(count / LEARNED_FROM));
    const rows = this.database
      .statement<{ print: Buffer }>('SELECT print FROM clip_sounds WHERE kind = ? AND clip_number % ? = 0')
      .all(VOICE_PRINT_KIND, step);
    const centres = cellCentres(rows.map(({ print }) => printIn(print)));
    this.database.statement('DELETE FROM clip_cells').run();
    const keep = this.database.statement('INSERT INTO clip_cells (kind, cell, centre) VALUES (?, ?, ?)');
    centres.forEach((centre, cell) => keep.run(VOICE_PRINT_KIND, cell, bytesOf(centre)));
    for (let time = 0; time < due; time += 1) keep.run(`${VOICE_PRINT_KIND} at`, time, Buffer.alloc(0));
    this.centres = centres;
    this.database.connection.exec('DROP TABLE IF EXISTS clip_sound_index');
    this.make();
  }

  private cells(): readonly Print[] {
    this.centres ??= this.database
      .statement<{ centre: Buffer }>('SELECT centre FROM clip_cells WHERE kind = ? ORDER BY cell')
      .all(VOICE_PRINT_KIND)
      .map(({ centre }) => printIn(centre));
    return this.centres;
  }

  /**
   * Before anything is added or removed, and outside of a transaction. False where sqlite-vec does not run: then
   * voices are found by words alone.
   */
  load(): boolean {
    if (this.isLoaded) return true;
    try {
      this.database.connection.loadExtension(getLoadablePath().replace(ARCHIVE, 'app.asar.unpacked'));
    } catch {
      return false;
    }
    this.isLoaded = true;
    const exists = this.database
      .statement(`SELECT 1 FROM sqlite_master WHERE name = 'clip_sound_index'`)
      .get();
    if (!exists) this.make();
    return true;
  }

  private make(): void {
    this.database.connection.exec(
      `CREATE VIRTUAL TABLE clip_sound_index USING vec0 (
         clip INTEGER PRIMARY KEY, cell INTEGER PARTITION KEY, print INT8[${VOICE_PRINT_LENGTH}], chunk_size = 256
       )`,
    );
    const rows = this.database
      .statement<{ clip_number: number; print: Buffer }>(
        `SELECT clip_number, print FROM clip_sounds JOIN clips ON clips.number = clip_number
         WHERE kind = ? AND deleted_at IS NULL`,
      )
      .all(VOICE_PRINT_KIND);
    for (const { clip_number: number, print } of rows) {
      const own = printIn(print);
      this.insert(number, this.cells().length === 0 ? 0 : nearestCell(own, this.cells()), own);
    }
  }

  private insert(number: number, cell: number, print: Print): void {
    this.database
      .statement('INSERT INTO clip_sound_index (clip, cell, print) VALUES (?, ?, vec_int8(?))')
      .run(BigInt(number), BigInt(cell), bytesOf(print));
  }
}

export function bytesOf(print: Print): Buffer {
  return Buffer.from(print.buffer, print.byteOffset, print.byteLength);
}

function printIn(bytes: Buffer): Print {
  return new Int8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
