/** How sound comes into being: its pieces, and how long the machine takes for them. */
export interface Production {
  /** Seconds of sound made in a second. */
  readonly speechPerSecond: number;
  /** How long the pieces are, in order; all after the last have its length. */
  readonly pieceSeconds: readonly number[];
}

/** Measured speeds are trusted this far: work takes a little longer once sound is played beside it. */
const TRUST = 0.85;

/**
 * Holds spoken sound back until it can be played to its end without running out, judged by the speed at which it is
 * made: at once where the machine keeps up, after a wait where it does not.
 */
export class PlaybackBuffer<Piece extends { readonly seconds: number }> {
  readonly #production: Production;
  readonly #longestSeconds: number;
  readonly #now: () => number;
  #held: Piece[] = [];
  #heldSeconds = 0;
  #wholeSeconds: number | undefined;
  #madeSeconds = 0;
  #madePieces = 0;
  /** When what was let go will have been played, in milliseconds; undefined before the first. */
  #playedUntil: number | undefined;

  /** @param longestSeconds how long the sound may become; as long as it goes on, this much is reckoned with */
  constructor(production: Production, longestSeconds: number, now: () => number = () => performance.now()) {
    this.#production = production;
    this.#longestSeconds = longestSeconds;
    this.#now = now;
  }

  /** Takes a piece; returns those that may be played now. */
  push(piece: Piece): Piece[] {
    this.#held.push(piece);
    this.#heldSeconds += piece.seconds;
    this.#madeSeconds += piece.seconds;
    this.#madePieces += 1;
    return this.#release();
  }

  /** The decoder has ended: from now on the length is known. */
  willBe(wholeSeconds: number): Piece[] {
    this.#wholeSeconds = wholeSeconds;
    return this.#release();
  }

  /** Nothing more comes. */
  finish(): Piece[] {
    return this.#letGo();
  }

  #release(): Piece[] {
    if (this.#held.length === 0) return [];
    const aheadSeconds = this.#playedUntil === undefined ? 0 : (this.#playedUntil - this.#now()) / 1000;
    // What already plays goes on with what there is; after a silence the wait begins anew.
    if (aheadSeconds > 0) return this.#letGo();
    const left = Math.max(0, (this.#wholeSeconds ?? this.#longestSeconds) - this.#madeSeconds);
    const { speechPerSecond, pieceSeconds } = this.#production;
    const coming = {
      speechPerSecond,
      pieceSeconds: pieceSeconds.slice(Math.min(this.#madePieces, pieceSeconds.length - 1)),
    };
    return lastsUntilTheEnd(this.#heldSeconds, left, coming) ? this.#letGo() : [];
  }

  #letGo(): Piece[] {
    const pieces = this.#held;
    this.#playedUntil = Math.max(this.#playedUntil ?? 0, this.#now()) + this.#heldSeconds * 1000;
    this.#held = [];
    this.#heldSeconds = 0;
    return pieces;
  }
}

/**
 * Whether sound of `heldSeconds` that begins to play now never runs out while `leftSeconds` more are made. Pieces
 * come whole, so each must be there before what came before it has been played.
 */
export function lastsUntilTheEnd(
  heldSeconds: number,
  leftSeconds: number,
  { speechPerSecond, pieceSeconds }: Production,
): boolean {
  const speed = speechPerSecond * TRUST;
  let made = 0;
  for (let piece = 0; made < leftSeconds; piece++) {
    const length = pieceSeconds[Math.min(piece, pieceSeconds.length - 1)]!;
    const madeWithIt = Math.min(made + length, leftSeconds);
    if (madeWithIt / speed > heldSeconds + made) return false;
    made = madeWithIt;
  }
  return true;
}
