import type { Assistant } from '../../contract/assistant-contract.ts';
import type { Clip } from '../../contract/voices.ts';

const clip = (id: string, name: string, more: Partial<Clip>): Clip => ({
  id,
  name,
  transcript: '',
  gender: '',
  age: '',
  style: '',
  emotion: '',
  language: 'en',
  tags: [],
  seconds: 6.2,
  source: 'Harbour voices',
  licence: 'CC0',
  recordedHere: false,
  favourite: false,
  addedAt: 1_795_000_000_000,
  syllablesPerSecond: 6,
  matched: [],
  ...more,
});

export const scriptedClips: readonly Clip[] = [
  clip('clip-silas', 'Silas', {
    gender: 'male',
    age: '72',
    style: 'slow, rough',
    pitchHz: 92,
    transcript: 'The tide will be in before supper, and the wind with it.',
    favourite: true,
  }),
  clip('clip-mei', 'Mei', {
    gender: 'female',
    age: '24',
    style: 'lively',
    language: 'zh',
    pitchHz: 231,
    transcript: '今天的天气真好，我们去散步吧。',
  }),
  clip('clip-me', 'My own voice', { recordedHere: true, source: 'recorded here', licence: '', pitchHz: 128 }),
];

type ClipCalls = Pick<
  Assistant,
  | 'findClips'
  | 'changeClip'
  | 'deleteClips'
  | 'restoreClips'
  | 'importClips'
  | 'listImports'
  | 'undoImport'
  | 'exportClips'
  | 'checkRecording'
  | 'keepRecording'
>;

/** A library of three clips that does what it is told. */
export function scriptedClipCalls(note: (name: string, input: unknown) => void): ClipCalls {
  let clips = [...scriptedClips];
  return {
    findClips: async (input) => {
      note('findClips', input);
      const words = (input.query ?? '').toLowerCase().split(/\s+/).filter(Boolean);
      const found = clips
        .filter((one) => words.every((word) => JSON.stringify(one).toLowerCase().includes(word)))
        .filter((one) => one.id !== input.similarTo)
        .map((one) => ({ ...one, matched: words, ...(input.similarTo ? { similarity: 0.71 } : {}) }));
      return { clips: found, hasMore: false, total: clips.length };
    },
    changeClip: async (input) => {
      note('changeClip', input);
      clips = clips.map((one) => (one.id === input.clipId ? { ...one, ...input.change } : one));
      return clips.find((one) => one.id === input.clipId)!;
    },
    deleteClips: async (input) => {
      note('deleteClips', input);
      clips = clips.filter((one) => !input.clipIds.includes(one.id));
      return { clips: input.clipIds.length };
    },
    restoreClips: async (input) => {
      note('restoreClips', input);
      clips = scriptedClips.filter((one) => clips.includes(one) || input.clipIds.includes(one.id));
      return { clips: input.clipIds.length };
    },
    importClips: async function* (input) {
      note('importClips', input);
      yield { type: 'progress', done: 1, total: 2, path: `${input.path}/one.wav` };
      const problems = [{ path: `${input.path}/two.wav`, code: 'audio-too-short' }];
      yield { type: 'end', batchId: 'batch-1', added: 12, known: 3, left: 1, problems, outcome: 'completed' };
    },
    listImports: async () => [{ id: 'batch-1', label: 'harbour', addedAt: 1_795_000_000_000, clips: 2 }],
    undoImport: async (input) => {
      note('undoImport', input);
      return { clipIds: ['clip-silas', 'clip-mei'] };
    },
    exportClips: async function* (input) {
      note('exportClips', input);
      yield { done: 3, total: 3, path: input.path };
    },
    checkRecording: async ({ samples, sampleRate }) => ({
      seconds: samples.length / sampleRate,
      speechSeconds: 5,
      speechDecibels: -21,
      noiseDistanceDecibels: 12,
      clippedShare: 0,
      problems: ['noisy'],
    }),
    keepRecording: async (input) => {
      note('keepRecording', { ...input, samples: input.samples.length });
      return scriptedClips[2]!;
    },
  };
}
