import type { Assistant } from '../../contract/assistant-contract.ts';
import type { Download, ModelLibrary, ModelOffer } from '../../contract/model-library.ts';

export const absent: Download = { state: 'absent', receivedBytes: 0, totalBytes: 0 };

/** Half of it has come and the rest flows. */
export const flowing: Download = {
  state: 'running',
  receivedBytes: 8_420_000_000,
  totalBytes: 17_872_000_000,
  bytesPerSecond: 23_400_000,
  secondsLeft: 404,
  host: 'huggingface.co',
};

export function offer(id: string, name: string, rest: Partial<ModelOffer> = {}): ModelOffer {
  return {
    id,
    name,
    description: '',
    kind: 'checkpoint',
    official: true,
    origin: `stepfun-ai/${name.replaceAll(' ', '-')}`,
    revision: 'e36fdd5d71e0ea22f09dd94bbab9bfc544ca1e36',
    licence: 'Apache-2.0',
    languages: ['zh', 'en'],
    bytes: 17_870_000_000,
    sums: 'ours-and-server',
    needs: [
      { precision: 'int4', memoryBytes: 9_600_000_000, diskBytes: 8_100_000_000 },
      { precision: 'float16', memoryBytes: 19_400_000_000, diskBytes: 17_900_000_000 },
      { precision: 'float32', memoryBytes: 36_000_000_000, diskBytes: 34_500_000_000 },
    ],
    download: absent,
    modelIds: [],
    ...rest,
  };
}

export const officialLibrary: ModelLibrary = {
  offers: [
    offer('step-audio-2-mini', 'Step-Audio 2 mini'),
    offer('step-audio-2-mini-voice', 'Step-Audio 2 mini, voice only', {
      voiceOnly: true,
      origin: 'stepfun-ai/Step-Audio-2-mini',
      bytes: 1_231_000_000,
      sums: 'server',
      needs: [{ precision: 'float32', memoryBytes: 2_200_000_000, diskBytes: 1_230_000_000 }],
    }),
    offer('step-audio-2-mini-think', 'Step-Audio 2 mini Think', { revision: '', sums: 'server' }),
    offer('step-audio-2-mini-base', 'Step-Audio 2 mini Base', { revision: '', sums: 'server' }),
  ],
  conversions: [],
  folder: { path: '/home/ada/.local/share/sotto/models', freeBytes: 212_000_000_000 },
  builtInModelIds: ['starter'],
};

const memory = 33_500_000_000;
export const precisions: Awaited<ReturnType<Assistant['choosePrecision']>> = {
  auto: {
    precision: 'int4',
    reason: 'processor-reads-every-weight',
    neededMemoryBytes: 9_600_000_000,
    totalMemoryBytes: memory,
  },
  choices: [
    { precision: 'int4', reason: 'asked-for', neededMemoryBytes: 9_600_000_000, totalMemoryBytes: memory },
    {
      precision: 'float16',
      reason: 'asked-for',
      neededMemoryBytes: 19_400_000_000,
      totalMemoryBytes: memory,
    },
    {
      precision: 'float32',
      reason: 'asked-for',
      neededMemoryBytes: 36_000_000_000,
      totalMemoryBytes: memory,
    },
  ],
};

/** One flows, one is converted, one waits for it, one has stopped. */
export const busyLibrary: ModelLibrary = {
  ...officialLibrary,
  offers: [
    offer('step-audio-2-mini', 'Step-Audio 2 mini', { download: flowing }),
    offer('step-audio-2-mini-think', 'Step-Audio 2 mini Think', {
      sums: 'server',
      folder: '/home/ada/.local/share/sotto/models/checkpoints/step-audio-2-mini-think',
      download: { ...flowing, state: 'complete', receivedBytes: flowing.totalBytes },
    }),
    offer('step-audio-2-mini-base', 'Step-Audio 2 mini Base', {
      sums: 'server',
      folder: '/home/ada/.local/share/sotto/models/checkpoints/step-audio-2-mini-base',
      download: { ...flowing, state: 'complete', receivedBytes: flowing.totalBytes },
      conversion: {
        state: 'running',
        checkpointFolder: '/home/ada/.local/share/sotto/models/checkpoints/step-audio-2-mini-base',
        outputFolder: '/home/ada/.local/share/sotto/models/step-audio-2-mini-base',
        precision: 'auto',
        choice: precisions.auto,
        progress: {
          stage: 'weights',
          doneBytes: 9_100_000_000,
          totalBytes: 24_600_000_000,
          secondsLeft: 310,
          item: 'model.layers.12.mlp.up_proj.weight',
        },
      },
    }),
    offer('own-ada-tuned', 'tuned', {
      official: false,
      origin: 'ada/tuned',
      licence: '',
      languages: [],
      needs: [],
      bytes: 0,
      sums: 'server',
      download: {
        state: 'failed',
        receivedBytes: 1_200_000_000,
        totalBytes: 16_900_000_000,
        failure: { code: 'download-refused', details: { host: 'huggingface.co', status: 403 } },
      },
    }),
  ],
};
