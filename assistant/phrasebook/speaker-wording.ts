import type { Tag } from '../../contract/tags.ts';
import type { WordingContext } from './outcome.ts';
import { sayList, sentence } from './say-list.ts';

const PEOPLE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  female: { child: 'a girl', adult: 'a woman', elderly: 'an older woman', '': 'a woman' },
  male: { child: 'a boy', adult: 'a man', elderly: 'an older man', '': 'a man' },
  '': { child: 'a child', adult: 'an adult', elderly: 'an older person' },
};
const MANNERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  speed: { slow: 'slowly', fast: 'fast', normal: 'at an ordinary pace', medium: 'at an ordinary pace' },
  loudness: {
    quiet: 'quietly',
    soft: 'quietly',
    loud: 'loudly',
    normal: 'at an ordinary loudness',
    medium: 'at an ordinary loudness',
  },
  pitch: {
    low: 'with a low voice',
    high: 'with a high voice',
    normal: 'with a voice of middle height',
    medium: 'with a voice of middle height',
  },
  style: { whisper: 'in a whisper', whispering: 'in a whisper', shouting: 'in a shout', shout: 'in a shout' },
};

/** The answer to "how do I sound", from what was heard beside the words. What is unsure is said to be so. */
export function describeSpeaker({ tags, transcript }: WordingContext): string {
  const known = tags.filter((tag) => tag.value !== 'unsure' && tag.value !== '');
  const value = (name: Tag['name']) => known.find((tag) => tag.name === name)?.value ?? '';
  if (/\bwho am i\b|who i am/.test(transcript)) return `I don't know who you are. ${overall(known, value)}`;
  if (/\b(how old|my age|age|young|old|child)\b/.test(transcript)) return ageAnswer(value);
  if (/\b(man|woman|male|female|gender)\b/.test(transcript)) return genderAnswer(value);
  if (/\b(fast|slow|slowly|loud|loudly|quiet|quietly|clearly|deep|high)\b/.test(transcript))
    return mannerAnswer(known);
  if (/\b(mood|feel|emotion|happy|sad|angry|tired|nervous|excited|calm|stressed|sick)\b/.test(transcript)) {
    return `${moodAnswer(value)} ${overall(known, value)}`;
  }
  return overall(known, value);
}

type Value = (name: Tag['name']) => string;

function overall(known: readonly Tag[], value: Value): string {
  const person = PEOPLE[value('gender')]?.[value('age')];
  const manners = mannersOf(known);
  if (!person && manners.length === 0) return "I didn't hear enough of your voice to say how you sound.";
  const speaking = manners.length > 0 ? `you speak ${sayList(manners)}` : '';
  if (!person) return `${sentence(speaking)}.`;
  return speaking ? `You sound like ${person}, and ${speaking}.` : `You sound like ${person}.`;
}

function mannersOf(known: readonly Tag[]): string[] {
  return known.flatMap((tag) => {
    const words = MANNERS[tag.name]?.[tag.value];
    return words ? [words] : [];
  });
}

function mannerAnswer(known: readonly Tag[]): string {
  const manners = mannersOf(known);
  return manners.length > 0 ? `You speak ${sayList(manners)}.` : "I didn't hear enough of your voice to say.";
}

function moodAnswer(value: Value): string {
  const emotion = value('emotion');
  return emotion && emotion !== 'neutral'
    ? `You sound ${emotion}, but I may be wrong.`
    : "I can't tell your mood from your voice.";
}

function ageAnswer(value: Value): string {
  const age = { child: 'a child', adult: 'an adult', elderly: 'an older person' }[value('age')];
  return age
    ? `You sound like ${age} to me. I can't tell your age any closer.`
    : "I can't tell your age from your voice.";
}

function genderAnswer(value: Value): string {
  const person = PEOPLE[value('gender')]?.[value('age') === 'child' ? 'child' : ''];
  return person
    ? `Your voice sounds like ${person}'s to me, but a voice can mislead.`
    : "I can't tell from your voice.";
}
