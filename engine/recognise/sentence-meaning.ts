import {
  applyLayer,
  rectified,
  type IntentFile,
  type ScaledColumns,
  type ScaledLayer,
} from './intent-file.ts';

/** Both ends included; the rest of a sentence is cut off, as in training. */
const MOST_WORDS = 16;
/** Numbers of the stand-ins at the head of the vocabulary: a word without a vector, beginning and end. */
const OTHER = 1;
const BEGINNING = 2;
const END = 3;

/**
 * Scores of the intents by what the words of a sentence mean: vectors of words that stand in like places, one
 * convolution for each number of words seen at once, and the strongest answer of every channel.
 */
export class SentenceMeaning {
  readonly #numbers: ReadonlyMap<string, number>;
  readonly #vectors: ScaledColumns;
  readonly #convolutions: readonly { width: number; layer: ScaledLayer }[];
  readonly #hidden: ScaledLayer;
  readonly #out: ScaledLayer;

  constructor(file: IntentFile) {
    this.#numbers = new Map(file.words.map((word, number) => [word, number]));
    this.#vectors = file.columns('words');
    this.#convolutions = file.widths.map((width) => {
      return { width, layer: file.layer(`convolution${width}`) };
    });
    this.#hidden = file.layer('meaningHidden');
    this.#out = file.layer('meaningOut');
  }

  scores(words: readonly string[]): Float32Array {
    const said = words.slice(0, MOST_WORDS - 2).map((word) => this.#numbers.get(word) ?? OTHER);
    const numbers = [BEGINNING, ...said, END];
    const strongest = this.#convolutions.flatMap(({ width, layer }) => [
      ...this.#strongest(numbers, width, layer),
    ]);
    return applyLayer(this.#out, rectified(applyLayer(this.#hidden, Float32Array.from(strongest))));
  }

  /** The largest answer of every channel at any word, at least zero. Beyond the ends there is silence. */
  #strongest(numbers: readonly number[], width: number, layer: ScaledLayer): Float32Array {
    const { rows, scale } = this.#vectors;
    const dimension = scale.length;
    const reach = (width - 1) / 2;
    const most = new Float32Array(layer.bias.length);
    for (let at = 0; at < numbers.length; at++) {
      const seen = new Float32Array(width * dimension);
      for (let offset = 0; offset < width; offset++) {
        const number = numbers[at + offset - reach];
        if (number === undefined) continue;
        for (let column = 0; column < dimension; column++) {
          const value = (rows[number * dimension + column] as number) * (scale[column] as number);
          seen[offset * dimension + column] = value;
        }
      }
      applyLayer(layer, seen).forEach((answer, channel) => {
        most[channel] = Math.max(most[channel] as number, answer);
      });
    }
    return most;
  }
}
