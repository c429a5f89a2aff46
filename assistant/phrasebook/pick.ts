import type { WordingContext } from './outcome.ts';

/** One of several ways to say something, never the one that was said last. */
export function pick(
  choices: readonly string[],
  { random, lastReply }: Pick<WordingContext, 'random' | 'lastReply'>,
): string {
  const fresh = choices.length > 1 ? choices.filter((choice) => choice !== lastReply) : choices;
  return fresh[Math.floor(random() * fresh.length)]!;
}
