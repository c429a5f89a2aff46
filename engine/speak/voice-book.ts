import type { LightVoice } from '../../contract/engine-contract.ts';
import type { FliteVoiceName } from './flite.ts';

/** How a light voice is made out of one of Flite's four recorded voices. */
export interface VoiceRecipe extends LightVoice {
  readonly source: FliteVoiceName;
  /** Pitch beside the recording's own. */
  readonly pitchFactor: number;
  /** Length of the throat beside the recorded speaker's: above 1 sounds larger and darker. */
  readonly tractFactor: number;
  /** Duration beside the recording's own. */
  readonly stretch: number;
  /** Brings all voices to one loudness. */
  readonly gain: number;
  /** Depth of a slow trembling, 0 = none. */
  readonly tremor: number;
}

const asRecorded = { pitchFactor: 1, tractFactor: 1, stretch: 1, tremor: 0, language: 'en' } as const;
const gainOf: Readonly<Record<FliteVoiceName, number>> = { slt: 0.62, rms: 1.28, awb: 0.94, kal16: 3.3 };

type Sketch = Pick<VoiceRecipe, 'id' | 'name' | 'gender' | 'description' | 'source'> & Partial<VoiceRecipe>;

const sketches: readonly Sketch[] = [
  {
    id: 'flite-slt',
    name: 'Stella',
    gender: 'female',
    description: 'A clear American woman, calm and quick to understand.',
    source: 'slt',
  },
  {
    id: 'flite-rms',
    name: 'Rowan',
    gender: 'male',
    description: 'A warm, deep American man with an even pace.',
    source: 'rms',
  },
  {
    id: 'flite-awb',
    name: 'Angus',
    gender: 'male',
    description: 'A Scottish man, lively and a little nasal.',
    source: 'awb',
  },
  {
    id: 'flite-kal',
    name: 'Kai',
    gender: 'male',
    description: 'A classic robot: flat, metallic, very fast to make.',
    source: 'kal16',
  },
  {
    id: 'flite-bright',
    name: 'Juniper',
    gender: 'female',
    description: 'A bright, young woman, high and brisk.',
    source: 'slt',
    pitchFactor: 1.18,
    tractFactor: 0.93,
    stretch: 0.94,
  },
  {
    id: 'flite-mellow',
    name: 'Willa',
    gender: 'female',
    description: 'A low, mellow woman who takes her time.',
    source: 'slt',
    pitchFactor: 0.86,
    tractFactor: 1.05,
    stretch: 1.08,
  },
  {
    id: 'flite-deep',
    name: 'Otto',
    gender: 'male',
    description: 'A very deep, slow man with a large chest.',
    source: 'awb',
    pitchFactor: 0.68,
    tractFactor: 1.14,
    stretch: 1.06,
  },
  {
    id: 'flite-elder',
    name: 'Edna',
    gender: 'female',
    description: 'An elderly woman, slow and slightly trembling.',
    source: 'slt',
    pitchFactor: 0.92,
    tractFactor: 0.99,
    stretch: 1.28,
    tremor: 0.22,
  },
  {
    id: 'flite-neutral',
    name: 'Sage',
    gender: 'neutral',
    description: 'A voice between woman and man, soft and even.',
    source: 'slt',
    pitchFactor: 0.84,
    tractFactor: 1.12,
    stretch: 1.02,
  },
];

export const voiceBook: readonly VoiceRecipe[] = sketches.map((sketch) => ({
  ...asRecorded,
  gain: gainOf[sketch.source],
  ...sketch,
}));
