/** Tokens for one piece of a stream, with what it may look ahead at. */
export interface TokenPiece {
  readonly tokens: readonly number[];
  readonly isLast: boolean;
}

/**
 * Collects speech tokens until a piece is full: `advance` new ones and `lookAhead` that open the next piece again.
 * The first pieces may be smaller, so that sound starts early.
 */
export class SpeechTokenBuffer {
  readonly #lookAhead: number;
  readonly #advance: number;
  readonly #firstAdvances: number[];
  #waiting: number[] = [];

  constructor(lookAhead: number, advance: number, firstAdvances: readonly number[] = []) {
    this.#lookAhead = lookAhead;
    this.#advance = advance;
    this.#firstAdvances = [...firstAdvances];
  }

  push(token: number): TokenPiece | undefined {
    this.#waiting.push(token);
    const advance = this.#firstAdvances[0] ?? this.#advance;
    if (this.#waiting.length < advance + this.#lookAhead) return undefined;
    const tokens = this.#waiting;
    this.#waiting = tokens.slice(advance);
    this.#firstAdvances.shift();
    return { tokens, isLast: false };
  }

  /** Whatever is left; undefined when nothing was ever pushed since the last piece ended. */
  finish(): TokenPiece | undefined {
    const tokens = this.#waiting;
    this.#waiting = [];
    return tokens.length === 0 ? undefined : { tokens, isLast: true };
  }
}
