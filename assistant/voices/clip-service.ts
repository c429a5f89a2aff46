import { UserError } from '../../contract/user-errors.ts';
import type { Assistant } from '../../contract/assistant-contract.ts';
import { writeWav } from '../../engine/listen/wav-file.ts';
import { recordingQuality } from '../../engine/voice-print/recording-quality.ts';
import type { AssistantParts } from '../assistant-parts.ts';
import { findClips } from './clips/find-clips.ts';
import { emptyDescription } from './import/import-item.ts';
import { importClips } from './import/import-clips.ts';
import { boundedSound, newClip } from './import/new-clip.ts';
import { writeVoicePack } from './pack/write-voice-pack.ts';

const PAGE = 50;
const OWN_SOURCE = 'recorded here';

/** Answers the calls of contract/voice-calls.ts. */
export function clipService({ clipVoices, publish }: Pick<AssistantParts, 'clipVoices' | 'publish'>) {
  const { library } = clipVoices;
  const changed = () => publish({ type: 'voices-changed' });
  return {
    findClips: async ({ query = '', favouritesOnly = false, offset = 0, limit = PAGE, similarTo }) =>
      findClips(library, { query, favouritesOnly, offset, limit, ...(similarTo ? { similarTo } : {}) }),
    changeClip: async ({ clipId, change }) => {
      const clip = library.describe(clipId, change);
      changed();
      return clip;
    },
    deleteClips: async ({ clipIds }) => {
      const clips = library.delete(clipIds);
      changed();
      return { clips };
    },
    restoreClips: async ({ clipIds }) => {
      const clips = library.restore(clipIds);
      changed();
      return { clips };
    },
    importClips: async function* (request, signal) {
      const { path, consent, source = '', licence = '' } = request;
      if (!consent) throw new UserError('consent-refused');
      yield* importClips(library, { path, source, licence }, signal);
      changed();
    },
    listImports: async () => library.batches(),
    undoImport: async ({ batchId }) => {
      const clipIds = library.deleteBatch(batchId);
      changed();
      return { clipIds };
    },
    exportClips: async function* ({ path, clipIds }, signal) {
      const rows = clipIds
        ? clipIds.map((id) => library.require(id))
        : library.rows('deleted_at IS NULL ORDER BY number');
      yield* writeVoicePack(library, rows, path, signal);
    },
    checkRecording: async ({ samples, sampleRate }) => {
      const quality = recordingQuality(samples, sampleRate);
      return { ...quality, problems: [...quality.problems] };
    },
    keepRecording: async ({ samples, sampleRate, name, transcript = '', consent }) => {
      if (!consent) throw new UserError('consent-refused');
      const sound = boundedSound(writeWav(samples, Math.round(sampleRate)));
      const about = { ...emptyDescription, name, transcript };
      const { clip, bytes } = newClip(sound, about, { source: OWN_SOURCE, licence: '', recordedHere: true });
      library.files.keep(clip.hash, bytes);
      if (!library.has(clip.hash)) library.add([clip], library.openBatch(name));
      changed();
      return library.get(library.row('hash = ?', clip.hash)!.id)!;
    },
  } satisfies Partial<Assistant>;
}
