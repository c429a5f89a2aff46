import type { Sampler } from './sampler.ts';
import type { SpeechDecoder } from './speech-decoder.ts';
import type { Tokenizer } from './tokenizer.ts';

export type StopReason = 'end-token' | 'length' | 'stop-text';

/** Which ids may follow; `undefined` = any. An empty list ends the reply like an end token. */
export type Constraint = (written: readonly number[]) => readonly number[] | undefined;

export interface GenerationOptions {
  /** Ids of the prompt, for the repetition penalty. */
  readonly promptIds: readonly number[];
  readonly stopIds: ReadonlySet<number>;
  readonly maxNewTokens: number;
  readonly constraint?: Constraint;
  /** The last id that means anything; rows of the vocabulary after it only fill it up. */
  readonly lastId?: number;
  /** Never chosen. */
  readonly forbiddenIds?: ReadonlySet<number>;
  /** Told of each id that was chosen, and of what it was chosen from. */
  readonly onChoice?: (id: number, logits: Float32Array) => void;
  /** Ends the reply when its text contains this. */
  readonly stopText?: string;
}

export type GenerationEvent =
  { readonly type: 'token'; readonly id: number } | { readonly type: 'stop'; readonly reason: StopReason };

/**
 * Token by token from the decoder's present place, which must have logits; ends with one `stop`. The end token itself
 * is not given out. Ids that a constraint leaves no choice about are appended in one run.
 */
export async function* generate(
  decoder: SpeechDecoder,
  sampler: Sampler,
  tokenizer: Tokenizer,
  options: GenerationOptions,
  signal: AbortSignal,
): AsyncGenerator<GenerationEvent> {
  const seen = new Set(options.promptIds);
  const stopText = options.stopText === undefined ? undefined : new StopText(options.stopText, tokenizer);
  const written: number[] = [];
  let fed = 0;
  for (;;) {
    if (written.length >= options.maxNewTokens || written.length - fed >= decoder.room) {
      return yield { type: 'stop', reason: 'length' };
    }
    const allowed = options.constraint?.(written);
    let id = allowed?.length === 1 ? allowed[0]! : undefined;
    if (allowed?.length === 0) return yield { type: 'stop', reason: 'end-token' };
    if (id === undefined) {
      if (fed < written.length) await decoder.append(written.slice(fed), signal);
      fed = written.length;
      signal.throwIfAborted();
      const logits = permitted(decoder.mark().logits, options);
      id = sampler.choose(logits, seen, allowed);
      options.onChoice?.(id, logits);
    }
    if (options.stopIds.has(id)) return yield { type: 'stop', reason: 'end-token' };
    written.push(id);
    seen.add(id);
    yield { type: 'token', id };
    if (stopText?.completedBy(id)) return yield { type: 'stop', reason: 'stop-text' };
  }
}

/** The logits without those of ids that may not be chosen; the decoder's own are left as they are. */
function permitted(
  logits: Float32Array,
  { lastId, forbiddenIds }: Pick<GenerationOptions, 'lastId' | 'forbiddenIds'>,
): Float32Array {
  const meaningful = lastId === undefined ? logits : logits.subarray(0, lastId + 1);
  if (!forbiddenIds || forbiddenIds.size === 0) return meaningful;
  const copy = meaningful.slice();
  for (const id of forbiddenIds) copy[id] = -Infinity;
  return copy;
}

/** Watches the text that tokens spell for one string. */
class StopText {
  readonly #text: string;
  readonly #tokenizer: Tokenizer;
  readonly #characters = new TextDecoder();
  #tail = '';

  constructor(text: string, tokenizer: Tokenizer) {
    this.#text = text;
    this.#tokenizer = tokenizer;
  }

  completedBy(id: number): boolean {
    this.#tail += this.#characters.decode(this.#tokenizer.bytesOf(id), { stream: true });
    if (this.#tail.includes(this.#text)) return true;
    this.#tail = this.#tail.slice(-this.#text.length);
    return false;
  }
}
