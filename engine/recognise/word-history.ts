/**
 * Word sequences of a search as a tree of back-pointers, so that a path is one number. Entry 0 is the empty sequence.
 * `language` is the natural log-probability of the words so far, without weights.
 */
export class WordHistory {
  #parent = new Int32Array(1 << 12);
  #word = new Int32Array(1 << 12);
  #state = new Int32Array(1 << 12);
  #language = new Float32Array(1 << 12);
  #length = new Uint16Array(1 << 12);
  #count = 0;
  readonly #children = new Map<number, number>();

  /** Forgets everything; the empty sequence is in `startState` of the language model. */
  reset(startState: number): void {
    this.#children.clear();
    this.#count = 1;
    this.#parent[0] = -1;
    this.#state[0] = startState;
    this.#language[0] = 0;
    this.#length[0] = 0;
  }

  find(parent: number, word: number): number {
    return this.#children.get(parent * WORD_LIMIT + word) ?? -1;
  }

  add(parent: number, word: number, state: number, language: number): number {
    if (this.#count === this.#parent.length) this.#grow();
    const entry = this.#count++;
    this.#parent[entry] = parent;
    this.#word[entry] = word;
    this.#state[entry] = state;
    this.#language[entry] = language;
    this.#length[entry] = this.length(parent) + 1;
    this.#children.set(parent * WORD_LIMIT + word, entry);
    return entry;
  }

  state(entry: number): number {
    return this.#state[entry] as number;
  }

  language(entry: number): number {
    return this.#language[entry] as number;
  }

  length(entry: number): number {
    return this.#length[entry] as number;
  }

  /** Lexicon word ids, first to last. */
  words(entry: number): number[] {
    const words: number[] = [];
    for (let at = entry; at > 0; at = this.#parent[at] as number) words.push(this.#word[at] as number);
    return words.reverse();
  }

  #grow(): void {
    this.#parent = grown(this.#parent);
    this.#word = grown(this.#word);
    this.#state = grown(this.#state);
    this.#language = grown(this.#language);
    this.#length = grown(this.#length);
  }
}

/** Word ids are below this, so that (entry, word) fits one exact number. */
const WORD_LIMIT = 1 << 16;

function grown<A extends Int32Array | Float32Array | Uint16Array>(array: A): A {
  const larger = new (array.constructor as new (length: number) => A)(array.length * 2);
  larger.set(array);
  return larger;
}
