/** Samples that arrive in pieces, kept in one growing array. */
export class SampleBuffer {
  #samples = new Float32Array(16_000);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  append(piece: Float32Array): void {
    const needed = this.#length + piece.length;
    if (needed > this.#samples.length) {
      const larger = new Float32Array(Math.max(needed, 2 * this.#samples.length));
      larger.set(this.#samples.subarray(0, this.#length));
      this.#samples = larger;
    }
    this.#samples.set(piece, this.#length);
    this.#length = needed;
  }

  /** A copy of everything so far. */
  toArray(): Float32Array {
    return this.#samples.slice(0, this.#length);
  }
}
