import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AssistantDatabase } from '../../assistant/database/assistant-database.ts';
import { ClipFiles } from '../../assistant/voices/clips/clip-files.ts';
import { ClipLibrary } from '../../assistant/voices/clips/clip-library.ts';
import { importClips } from '../../assistant/voices/import/import-clips.ts';
import { writeWav } from '../../engine/listen/wav-file.ts';
import { describeMachine } from './machine.ts';

const CLIPS = Number(process.argv[2] ?? 300);
const SECONDS = 5;
const SAMPLE_RATE = 16_000;
const AIM_A_SECOND = 50;

let state = 1;
const random = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;

/** A buzz that comes and goes, with some hiss: as much work as speech. */
function sound(at: number): Uint8Array {
  const pitchHz = 90 + (at % 140);
  const samples = Float32Array.from({ length: SECONDS * SAMPLE_RATE }, (_, index) => {
    const time = index / SAMPLE_RATE;
    const saw = 2 * ((time * pitchHz) % 1) - 1;
    return 0.2 * Math.max(0, Math.sin(25 * time)) * saw + 0.01 * (random() - 0.5);
  });
  return writeWav(samples, SAMPLE_RATE);
}

const folder = mkdtempSync(join(tmpdir(), 'sotto-import-bench-'));
try {
  mkdirSync(join(folder, 'set'));
  for (let at = 0; at < CLIPS; at += 1) writeFileSync(join(folder, 'set', `${at}.wav`), sound(at));
  const database = new AssistantDatabase(join(folder, 'sotto.db'), Date.now);
  const library = new ClipLibrary(database, new ClipFiles(join(folder, 'kept')), Date.now);
  const request = { path: join(folder, 'set'), source: 'bench', licence: 'CC0' };
  const begun = performance.now();
  const usedBefore = process.cpuUsage();
  for await (const _ of importClips(library, request, new AbortController().signal));
  const seconds = (performance.now() - begun) / 1000;
  const used = process.cpuUsage(usedBefore);
  const busySeconds = (used.user + used.system) / 1e6;
  const rate = library.total() / seconds;
  process.stdout.write(
    `${describeMachine()}; import of ${library.total()} clips of ${SECONDS} s: ${rate.toFixed(0)} a second ` +
      `(${(library.total() / busySeconds).toFixed(0)} a second of processor time), aim ${AIM_A_SECOND}: ${rate >= AIM_A_SECOND ? 'met' : 'not met'}\n`,
  );
  database.close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
