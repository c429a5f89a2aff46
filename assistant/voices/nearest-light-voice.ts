import type { Clip } from '../../contract/voices.ts';
import { voiceBook, type VoiceRecipe } from '../../engine/speak/voice-book.ts';
import { heardWords } from './clips/clip-words.ts';

/** Median pitch of the recordings behind the light voices, in hertz. */
const sourcePitchHz: Readonly<Record<VoiceRecipe['source'], number>> = {
  slt: 170,
  rms: 101,
  awb: 118,
  kal16: 89,
};
/** Further than that, a changed pitch sounds like a changed tape speed. */
const MOST_SEMITONES = 4;
const USUAL_PITCH_HZ = { female: 190, male: 110, neutral: 145, '': 145 } as const;
const AGE_COST = 3;
const ROBOT_COST = 6;
const SLOWER = 0.9;
const FASTER = 1.1;

/** A light voice, and what is changed of it, in place of a recording that it cannot take on. */
export interface LightStandIn {
  readonly voiceId: string;
  readonly name: string;
  readonly pitchSemitones: number;
  /** Beside the person's own setting. */
  readonly rateFactor: number;
}

type Known = Pick<Clip, 'gender' | 'age' | 'style' | 'syllablesPerSecond'> & {
  readonly pitchHz?: number | undefined;
};

/** The light voice of the same gender that is nearest in pitch and age, then brought nearer in pitch and pace. */
export function nearestLightVoice(clip: Known): LightStandIn {
  const pitchHz = clip.pitchHz ?? USUAL_PITCH_HZ[clip.gender];
  const isRobot = /robot|machine/i.test(clip.style);
  const isElderly = /elderly|old|[6-9]\d/i.test(clip.age);
  const fitting = voiceBook.filter(({ gender }) => clip.gender === '' || gender === clip.gender);
  const ranked = (fitting.length > 0 ? fitting : voiceBook)
    .map((recipe) => {
      const distance = Math.abs(semitonesFrom(recipe, pitchHz));
      const age = isElderly === recipe.tremor > 0 ? 0 : AGE_COST;
      const robot = isRobot === (recipe.source === 'kal16') ? 0 : ROBOT_COST;
      return { recipe, cost: distance + age + robot };
    })
    .sort((a, b) => a.cost - b.cost);
  const { recipe } = ranked[0]!;
  const heard = heardWords(clip);
  return {
    voiceId: recipe.id,
    name: recipe.name,
    pitchSemitones: Math.max(
      -MOST_SEMITONES,
      Math.min(MOST_SEMITONES, Math.round(semitonesFrom(recipe, pitchHz))),
    ),
    rateFactor: heard.includes('slow') ? SLOWER : heard.includes('fast') ? FASTER : 1,
  };
}

function semitonesFrom({ source, pitchFactor }: VoiceRecipe, pitchHz: number): number {
  return 12 * Math.log2(pitchHz / (sourcePitchHz[source] * pitchFactor));
}
