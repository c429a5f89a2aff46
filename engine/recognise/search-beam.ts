const HASH_SIZE = 1 << 15;
const CAPACITY = HASH_SIZE / 2;

/**
 * The paths of one label slot. A path is (word history, tree node); its two probabilities end in the blank or in the
 * node's phone. Arrays are made once and reused: a search allocates nothing per slot.
 */
export class SearchBeam {
  readonly history = new Int32Array(CAPACITY);
  readonly node = new Int32Array(CAPACITY);
  /** Natural log-probability of ending in the blank, in the phone. */
  readonly blank = new Float32Array(CAPACITY);
  readonly phone = new Float32Array(CAPACITY);
  /** Weighted language score with look-ahead and word bonus. */
  readonly language = new Float32Array(CAPACITY);
  count = 0;
  readonly #slots = new Int32Array(HASH_SIZE);
  readonly #stamps = new Int32Array(HASH_SIZE);
  #stamp = 0;

  clear(): void {
    this.count = 0;
    this.#stamp++;
  }

  /** Index of the path, or -1 minus the hash slot where `insert` would put it. */
  find(history: number, node: number): number {
    let slot = (Math.imul(history, 0x9e3779b1) ^ Math.imul(node, 0x85ebca6b)) >>> 17;
    while (this.#stamps[slot] === this.#stamp) {
      const index = this.#slots[slot] as number;
      if (this.history[index] === history && this.node[index] === node) return index;
      slot = (slot + 1) & (HASH_SIZE - 1);
    }
    return -1 - slot;
  }

  /** Adds a path at the place that `find` returned; -1 when the beam is full. */
  insert(place: number, history: number, node: number, language: number): number {
    if (this.count === CAPACITY) return -1;
    const slot = -1 - place;
    const index = this.count++;
    this.#stamps[slot] = this.#stamp;
    this.#slots[slot] = index;
    this.history[index] = history;
    this.node[index] = node;
    this.blank[index] = -Infinity;
    this.phone[index] = -Infinity;
    this.language[index] = language;
    return index;
  }
}

/** ln(e^a + e^b). */
export function addLogs(a: number, b: number): number {
  const larger = a > b ? a : b;
  const difference = a > b ? b - a : a - b;
  return difference > -18 ? larger + Math.log1p(Math.exp(difference)) : larger;
}
