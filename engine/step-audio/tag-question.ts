import { tagChoices, tagNames, UNSURE, type Tag, type TagName } from '../../contract/tags.ts';

/** What a model that listens can tell; pitch and loudness are measured. */
const ASKED = ['emotion', 'age', 'gender', 'style', 'speed', 'background', 'scene'] as const;
const LINE = /^[\s*-]*([a-z]+)[\s*]*[:：]\s*(.*?)[\s*.。]*$/i;

export const TAG_QUESTION = [
  'Listen to how this person speaks and to what else can be heard. Do not answer what is said.',
  'Write one line for each of the following, with one of its words and nothing else:',
  ...ASKED.map((name) => `${name}: ${[...tagChoices[name], UNSURE].join(', ')}`),
].join('\n');

/**
 * What a model answered to the question. Only the very words that it was given to choose from count; anything else, a
 * line that is missing and lines that disagree are "unsure".
 *
 * @param confidence 0..1, of the whole answer
 */
export function answeredTags(answer: string, confidence: number): Tag[] {
  const found = new Map<TagName, string>();
  for (const line of answer.split('\n')) {
    const [, name = '', words = ''] = LINE.exec(line) ?? [];
    const asked = ASKED.find((one) => one === name.toLowerCase());
    if (!asked) continue;
    const value = tagChoices[asked].find((one) => one === words.toLowerCase()) ?? UNSURE;
    found.set(asked, (found.get(asked) ?? value) === value ? value : UNSURE);
  }
  return ASKED.map((name) => {
    const value = found.get(name) ?? UNSURE;
    return { name, value, confidence: value === UNSURE ? 0 : Math.min(1, confidence), source: 'model' };
  });
}

/** What the model is sure of stands before what was measured, and that before "unsure"; in the order of the names. */
export function joinTags(answered: readonly Tag[], measured: readonly Tag[]): Tag[] {
  return tagNames.flatMap((name) => {
    const [said, seen] = [answered, measured].map((tags) => tags.find((one) => one.name === name));
    const best = [said, seen].find((one) => one && one.value !== UNSURE) ?? seen ?? said;
    return best ? [best] : [];
  });
}
