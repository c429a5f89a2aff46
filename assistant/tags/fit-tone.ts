import type { ReplyTone, Tag, TagName } from '../../contract/tags.ts';

type Effect = ReplyTone['effects'][number]['effect'];

/** Less certain than this, and nothing is changed: a wrong guess at somebody's mood is worse than none. */
const LEAST_CONFIDENCE = 0.7;
/** So far below what the person usually has is quiet for them; the microphone alone does not make it so. */
const QUIETER_DECIBELS = 5;
const FEWEST_FOR_USUAL = 5;

const EFFECTS: readonly { readonly name: TagName; readonly values: readonly string[]; effect: Effect }[] = [
  { name: 'emotion', values: ['sad', 'fearful', 'tired'], effect: 'gentler' },
  { name: 'emotion', values: ['angry'], effect: 'calmer' },
  { name: 'style', values: ['whisper'], effect: 'quieter' },
  { name: 'loudness', values: ['quiet'], effect: 'quieter' },
  { name: 'speed', values: ['fast'], effect: 'shorter' },
];

/**
 * How a reply is fitted to how the person sounds; undefined where it is as always.
 *
 * @param usualDecibels how loud the person was in the turns before, in any order
 */
export function fitTone(tags: readonly Tag[], usualDecibels: readonly number[]): ReplyTone | undefined {
  const effects: ReplyTone['effects'] = [];
  for (const { name, values, effect } of EFFECTS) {
    const tag = tags.find((one) => one.name === name && values.includes(one.value));
    if (!tag || tag.confidence < LEAST_CONFIDENCE || effects.some((one) => one.effect === effect)) continue;
    if (name === 'loudness' && tag.source !== 'person' && !isQuietFor(tag, usualDecibels)) continue;
    effects.push({ effect, because: { name, value: tag.value, source: tag.source } });
  }
  return effects.length > 0 ? { effects } : undefined;
}

export function hasEffect(tone: ReplyTone | undefined, ...effects: readonly Effect[]): boolean {
  return tone?.effects.some(({ effect }) => effects.includes(effect)) ?? false;
}

const SLOWEST_RATE = 0.5;

/** The speaking rate that the person has set, as the reply wants it. */
export function fittedRate(rate: number, tone: ReplyTone | undefined): number {
  return hasEffect(tone, 'gentler', 'calmer') ? Math.max(SLOWEST_RATE, rate * 0.9) : rate;
}

/** A factor on the loudness that the person has set. */
export function fittedVolume(tone: ReplyTone | undefined): number {
  if (hasEffect(tone, 'quieter')) return 0.6;
  return hasEffect(tone, 'gentler', 'calmer') ? 0.85 : 1;
}

function isQuietFor({ measure }: Tag, usual: readonly number[]): boolean {
  if (!measure || usual.length < FEWEST_FOR_USUAL) return false;
  const middle = usual.toSorted((a, b) => a - b)[Math.floor(usual.length / 2)]!;
  return measure.amount <= middle - QUIETER_DECIBELS;
}
