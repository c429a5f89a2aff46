import { UNSURE, type Tag } from '../../contract/tags.ts';
import { backgroundSound, type BackgroundSound } from './background-sound.ts';
import { measureSpeech, type SpeechMeasures } from './speech-measures.ts';
import type { SpeechSpan } from './speech-spans.ts';

/** A scale with labels from low to high and the amounts between them. */
interface Scale {
  readonly name: Tag['name'];
  readonly unit: string;
  readonly labels: readonly string[];
  readonly borders: readonly number[];
  /** Distance from a border at which the label is as good as certain. */
  readonly certainDistance: number;
}

const quiet = 'quiet';
/** Of voice over background in dB, and of the background in dBFS. */
const [stillRatio, stillDecibels, loudRatio] = [28, -50, 8];
const leastKindConfidence = 0.7;

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
  labels: ['noisy', 'some noise', quiet],
  borders: [10, 22],
  certainDistance: 5,
};
const fewestSyllables = 3;
const shortestSpeechSeconds = 0.25;

/**
 * Tags by measurement. `syllables` is counted by whoever understood the words; without it speed is unsure. `sound` is
 * the kind of what is heard between the words; in a quiet place there is nothing to name.
 */
export function speechTags(measures: SpeechMeasures, syllables?: number, sound?: BackgroundSound): Tag[] {
  const { speechSeconds, pitchHz, speechDecibels, backgroundDecibels } = measures;
  if (speechSeconds < shortestSpeechSeconds) return [];
  const rate =
    syllables !== undefined && syllables >= fewestSyllables ? syllables / speechSeconds : undefined;
  return [
    place(speed, rate),
    place(pitch, pitchHz),
    place(loudness, speechDecibels),
    named(place(background, speechDecibels - backgroundDecibels), sound),
    scene(speechDecibels - backgroundDecibels, backgroundDecibels),
  ];
}

/** Everything that can be measured of an utterance without understanding it. */
export function measuredTags(samples: Float32Array, spans: readonly SpeechSpan[], syllables?: number): Tag[] {
  return speechTags(measureSpeech(samples, spans), syllables, backgroundSound(samples, spans));
}

function named(level: Tag, sound: BackgroundSound | undefined): Tag {
  if (!sound || level.value === quiet || sound.confidence < leastKindConfidence) return level;
  return { ...level, value: sound.kind, confidence: sound.confidence };
}

/** Only what the level alone can tell: whether the place is still or loud. */
function scene(ratio: number, decibels: number): Tag {
  const tag = { name: 'scene', source: 'signal' } as const;
  if (ratio >= stillRatio && decibels <= stillDecibels) {
    return {
      ...tag,
      value: 'quiet room',
      confidence: Math.min(0.9, 0.6 + (0.3 * (ratio - stillRatio)) / 10),
    };
  }
  if (ratio <= loudRatio) {
    return { ...tag, value: 'noisy place', confidence: Math.min(0.9, 0.6 + (0.3 * (loudRatio - ratio)) / 5) };
  }
  return { ...tag, value: UNSURE, confidence: 0 };
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
