import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ClipImport, ClipSearch, ImportProgress } from '../../../../contract/voices.ts';
import { clipSearch } from '../../../../contract/voices.ts';
import { AssistantDatabase } from '../../../../assistant/database/assistant-database.ts';
import { ClipFiles } from '../../../../assistant/voices/clips/clip-files.ts';
import { ClipLibrary } from '../../../../assistant/voices/clips/clip-library.ts';
import { findClips } from '../../../../assistant/voices/clips/find-clips.ts';
import { importClips } from '../../../../assistant/voices/import/import-clips.ts';

export const never = new AbortController().signal;

/** A library in a folder of its own. */
export function libraryStage() {
  const folder = mkdtempSync(join(tmpdir(), 'sotto-voices-'));
  const clock = { now: 1_000_000 };
  const database = new AssistantDatabase(join(folder, 'sotto.db'), () => clock.now);
  const library = new ClipLibrary(database, new ClipFiles(join(folder, 'kept')), () => clock.now);
  return {
    folder,
    clock,
    database,
    library,
    take: async (path: string, more: Partial<ClipImport> = {}, signal = never) => {
      const told: ImportProgress[] = [];
      for await (const progress of importClips(library, { path, source: '', licence: '', ...more }, signal))
        told.push(progress);
      const end = told.at(-1);
      if (end?.type !== 'end') throw new Error('The import did not say how it ended.');
      return { ...end, told };
    },
    find: (search: Partial<ClipSearch> = {}) => findClips(library, clipSearch.parse(search)).clips,
    close: () => {
      database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
