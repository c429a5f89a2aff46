import type { ListedFile } from './listed-file.ts';
import type { Offer } from './offer.ts';

const shared = {
  official: true,
  licence: 'Apache-2.0',
  languages: ['zh', 'en'],
} as const;

function weights(path: string, bytes: number, sha256: string): ListedFile {
  return { path, bytes, sum: { algorithm: 'sha256', value: sha256 } };
}

/** Sizes that are known without their sums: the server's word is taken for those. */
const speechFiles: readonly ListedFile[] = [
  { path: 'token2wav/campplus.onnx', bytes: 28_303_423 },
  { path: 'token2wav/flow.pt', bytes: 623_466_603 },
  { path: 'token2wav/flow.yaml', bytes: 1099 },
  { path: 'token2wav/hift.pt', bytes: 83_390_254 },
  { path: 'token2wav/speech_tokenizer_v2_25hz.onnx', bytes: 496_082_973 },
];

const MINI_REVISION = 'e36fdd5d71e0ea22f09dd94bbab9bfc544ca1e36';

/**
 * The checkpoints that the makers of Step-Audio 2 published. The revision, sizes and sums of `mini` were published
 * independently of each other by two projects that use it; of the others nothing but their names is known here.
 */
export const officialOffers: readonly Offer[] = [
  {
    ...shared,
    id: 'step-audio-2-mini',
    name: 'Step-Audio 2 mini',
    description: 'Eight billion parameters: hears, talks and answers in its own voice, in Chinese and English.',
    origin: 'stepfun-ai/Step-Audio-2-mini',
    revision: MINI_REVISION,
    bytes: 17_870_000_000,
    knownFiles: [
      weights(
        'model-00001-of-00004.safetensors',
        4_925_370_984,
        '7b88e02b0b8c643412ec68cae009b3952dbd8e27642d61626065a2c420a8b73c',
      ),
      weights(
        'model-00002-of-00004.safetensors',
        4_932_751_008,
        '3d412c8d2fc17ca3351751f3171d48ff5b139af623aa05749062f132ac2585f1',
      ),
      weights(
        'model-00003-of-00004.safetensors',
        4_988_307_424,
        '135ae4a891350e8ebf9791ef073d310314e1f75192bece0971bfab7b86c5587c',
      ),
      weights(
        'model-00004-of-00004.safetensors',
        1_784_019_520,
        'd35bf0ec42ff9ec160dfc6c5cb20a65247f0f8ba1c6edc620398c2ef49a66295',
      ),
      { path: 'model.safetensors.index.json', bytes: 64_645 },
      ...speechFiles,
    ],
  },
  {
    ...shared,
    id: 'step-audio-2-mini-voice',
    name: 'Step-Audio 2 mini, voice only',
    description: 'Makes the replies of a Step-Audio 2 on another machine audible here. Cannot answer by itself.',
    origin: 'stepfun-ai/Step-Audio-2-mini',
    revision: MINI_REVISION,
    voiceOnly: true,
    bytes: speechFiles.reduce((sum, { bytes }) => sum + bytes, 0),
    knownFiles: speechFiles,
  },
  {
    ...shared,
    id: 'step-audio-2-mini-think',
    name: 'Step-Audio 2 mini Think',
    description: 'The same, but it thinks first: slower, better at questions that need reasoning.',
    origin: 'stepfun-ai/Step-Audio-2-mini-Think',
    revision: '',
    bytes: 17_870_000_000,
    knownFiles: [],
  },
  {
    ...shared,
    id: 'step-audio-2-mini-base',
    name: 'Step-Audio 2 mini Base',
    description: 'Before it was taught to converse: continues text and speech. For those who build upon it.',
    origin: 'stepfun-ai/Step-Audio-2-mini-Base',
    revision: '',
    bytes: 17_870_000_000,
    knownFiles: [],
  },
];
