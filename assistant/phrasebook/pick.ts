import { hasEffect } from '../tags/fit-tone.ts';
import type { WordingContext } from './outcome.ts';

/** One of several ways to say something, never the one that was said last; a short one for somebody in a hurry. */
export function pick(
  choices: readonly string[],
  { random, lastReply, tone }: Pick<WordingContext, 'random' | 'lastReply' | 'tone'>,
): string {
  const short = hasEffect(tone, 'shorter') ? shorterHalf(choices) : choices;
  const fresh = short.length > 1 ? short.filter((choice) => choice !== lastReply) : short;
  return fresh[Math.floor(random() * fresh.length)]!;
}

function shorterHalf(choices: readonly string[]): readonly string[] {
  return choices.toSorted((a, b) => a.length - b.length).slice(0, Math.ceil(choices.length / 2));
}
