/** Tokens for one piece of a stream, with what it may look ahead at. */
export interface TokenPiece {
  readonly tokens: readonly number[];
  readonly isLast: boolean;
}

/**
 * Collects speech tokens until a piece is full: `advance` new ones and `lookAhead` that open the next piece again.
 * The first piece may be smaller, so that sound starts early.
 */
export class SpeechTokenBuffer {
  readonly #lookAhead: number;
  readonly #advance: number;
  #nextAdvance: number;
  #waiting: number[] = [];

  constructor(lookAhead: number, advance: number, firstAdvance = advance) {
    this.#lookAhead = lookAhead;
    this.#advance = advance;
    this.#nextAdvance = firstAdvance;
  }

  push(token: number): TokenPiece | undefined {
    this.#waiting.push(token);
    if (this.#waiting.length < this.#nextAdvance + this.#lookAhead) return undefined;
    const tokens = this.#waiting;
    this.#waiting = tokens.slice(this.#nextAdvance);
    this.#nextAdvance = this.#advance;
    return { tokens, isLast: false };
  }

  /** Whatever is left; undefined when nothing was ever pushed since the last piece ended. */
  finish(): TokenPiece | undefined {
    const tokens = this.#waiting;
    this.#waiting = [];
    return tokens.length === 0 ? undefined : { tokens, isLast: true };
  }
}
