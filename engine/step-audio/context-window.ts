import { UserError } from '../../contract/user-errors.ts';
import { buildPrompt, type Prompt, type PromptTurn } from '../reason/prompt.ts';
import type { Tokenizer } from '../reason/tokenizer.ts';
import type { PromptParts } from './prompt-turns.ts';

/** Exchanges go in blocks of at least this share of the room. */
const FREED_SHARE = 0.25;

export interface FittedPrompt {
  readonly prompt: Prompt;
  /** The sound of its audio spans, in order. */
  readonly segments: readonly Float32Array[];
}

/**
 * A prompt that fits into the context: where it is too long, the oldest exchanges are left out with their sound.
 * They go in blocks, because a prompt that begins otherwise must be computed anew.
 *
 * @param beginning the open turn that the model goes on with
 * @param positions how many the prompt may have
 * @throws UserError turn-too-long, when the last exchange alone does not fit
 */
export function fitPrompt(
  parts: PromptParts,
  beginning: PromptTurn,
  positions: number,
  tokenizer: Tokenizer,
): FittedPrompt {
  const sizeOf = (turns: readonly PromptTurn[]) => buildPrompt(turns, tokenizer).ids.length;
  const fixed = sizeOf([...parts.opening.turns, beginning]);
  const sizes = parts.exchanges.map(({ turns }) => sizeOf(turns));
  const room = positions - fixed;
  const last = sizes.at(-1)!;
  if (last > room) throw new UserError('turn-too-long', { tokens: last, limit: Math.max(0, room) });
  const kept = parts.exchanges.slice(firstKept(sizes, room));
  const turns = [...parts.opening.turns, ...kept.flatMap((part) => part.turns), beginning];
  return { prompt: buildPrompt(turns, tokenizer), segments: kept.flatMap((part) => part.segments) };
}

/**
 * The index of the oldest exchange that stays. The conversation may only be cut where its length passes a multiple of
 * the block, so that the same exchange stays the oldest for several turns.
 */
function firstKept(sizes: readonly number[], room: number): number {
  const block = room * FREED_SHARE;
  let left = sizes.reduce((sum, size) => sum + size, 0);
  let blocks = 0;
  let dropped = 0;
  for (const [index, size] of sizes.entries()) {
    const isCut = dropped >= blocks * block;
    if (isCut) blocks = Math.floor(dropped / block) + 1;
    if ((isCut && left <= room) || index === sizes.length - 1) return index;
    left -= size;
    dropped += size;
  }
  return 0;
}
