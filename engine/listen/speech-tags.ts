import type { Tag } from '../../contract/tags.ts';
import type { SpeechMeasures } from './speech-measures.ts';

/** A scale with labels from low to high and the amounts between them. */
interface Scale {
  readonly name: Tag['name'];
  readonly unit: string;
  readonly labels: readonly string[];
  readonly borders: readonly number[];
  /** Distance from a border at which the label is as good as certain. */
  readonly certainDistance: number;
}

const pitch: Scale = {
  name: 'pitch',
  unit: 'Hz',
  labels: ['low', 'medium', 'high'],
  borders: [130, 200],
  certainDistance: 30,
};
const loudness: Scale = {
  name: 'loudness',
  unit: 'dBFS',
  labels: ['quiet', 'normal', 'loud'],
  borders: [-38, -14],
  certainDistance: 5,
};
/** Syllables a second of speech, pauses inside left out. */
const speed: Scale = {
  name: 'speed',
  unit: 'syllables/s',
  labels: ['slow', 'normal', 'fast'],
  borders: [3, 5.5],
  certainDistance: 0.8,
};
/** How far the voice stands above what is heard between the words. */
const background: Scale = {
  name: 'background',
  unit: 'dB',
  labels: ['noisy', 'some noise', 'quiet'],
  borders: [10, 22],
  certainDistance: 5,
};
const fewestSyllables = 3;
const shortestSpeechSeconds = 0.25;

/** Tags by measurement. `syllables` is counted by whoever understood the words; without it speed is unsure. */
export function speechTags(measures: SpeechMeasures, syllables?: number): Tag[] {
  const { speechSeconds, pitchHz, speechDecibels, backgroundDecibels } = measures;
  if (speechSeconds < shortestSpeechSeconds) return [];
  const rate =
    syllables !== undefined && syllables >= fewestSyllables ? syllables / speechSeconds : undefined;
  return [
    place(speed, rate),
    place(pitch, pitchHz),
    place(loudness, speechDecibels),
    place(background, speechDecibels - backgroundDecibels),
  ];
}

/** Vowel phones of the ARPAbet are the syllables. */
export function countSyllables(phones: readonly string[]): number {
  return phones.filter((phone) => /^(?:AA|AE|AH|AO|AW|AY|EH|ER|EY|IH|IY|OW|OY|UH|UW)/.test(phone)).length;
}

function place(scale: Scale, amount: number | undefined): Tag {
  const { name, unit, labels, borders, certainDistance } = scale;
  if (amount === undefined) return { name, value: 'unsure', confidence: 0, source: 'signal' };
  const above = borders.filter((border) => amount >= border).length;
  const distance = Math.min(...borders.map((border) => Math.abs(amount - border)));
  return {
    name,
    value: labels[above]!,
    confidence: Math.min(0.95, 0.5 + (0.45 * distance) / certainDistance),
    measure: { amount: Math.round(amount * 10) / 10, unit },
    source: 'signal',
  };
}
