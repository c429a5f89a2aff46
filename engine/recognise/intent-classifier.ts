import { readFile } from 'node:fs/promises';
import { UserError } from '../../contract/user-errors.ts';
import { neighbourFeatures, pairFeatures } from './intent-features.ts';
import { applyLayer, IntentFile, rectified, type ScaledColumns, type ScaledLayer } from './intent-file.ts';
import { SentenceMeaning } from './sentence-meaning.ts';

/**
 * Which intent a sentence means, judged by its words, their neighbours and pairs, and by what the words mean
 * (intent-classifier.bin of a package, models/starter/domain/README.md). It knows sentences that no pattern says.
 */
export class IntentClassifier {
  readonly #intents: readonly string[];
  readonly #neighbours: ScaledColumns;
  readonly #pairs: ScaledColumns;
  readonly #hidden: ScaledLayer;
  readonly #out: ScaledLayer;
  readonly #meaning: SentenceMeaning;

  constructor(bytes: Uint8Array, path: string) {
    const file = new IntentFile(bytes, path);
    this.#intents = file.intents;
    this.#neighbours = file.columns('neighbours');
    this.#pairs = file.columns('pairs');
    this.#hidden = file.layer('hidden');
    this.#out = file.layer('out');
    this.#meaning = new SentenceMeaning(file);
  }

  static async open(file: string): Promise<IntentClassifier> {
    const bytes = await readFile(file).catch((cause: unknown) => {
      throw new UserError('model-damaged', { file, reason: 'not readable' }, { cause });
    });
    return new IntentClassifier(bytes, file);
  }

  /** Natural log-probability of every intent, "unknown" among them. `text` is a transcript of at least one word. */
  classify(text: string): Map<string, number> {
    const words = text.split(' ');
    const input = Float32Array.from([
      ...sumOf(this.#neighbours, neighbourFeatures(words, bucketsOf(this.#neighbours))),
      ...sumOf(this.#pairs, pairFeatures(words, bucketsOf(this.#pairs))),
    ]);
    const meant = this.#meaning.scores(words);
    const scores = applyLayer(this.#out, rectified(applyLayer(this.#hidden, input))).map(
      (score, intent) => score + (meant[intent] as number),
    );
    const most = Math.max(...scores);
    const total = most + Math.log(scores.reduce((sum, score) => sum + Math.exp(score - most), 0));
    return new Map(this.#intents.map((intent, index) => [intent, (scores[index] as number) - total]));
  }
}

function bucketsOf({ rows, scale }: ScaledColumns): number {
  return rows.length / scale.length;
}

/** The sum of some rows, divided by the root of how many they are. */
function sumOf({ rows, scale }: ScaledColumns, chosen: readonly number[]): Float32Array {
  const width = scale.length;
  const sum = new Float32Array(width);
  for (const row of chosen) {
    for (let column = 0; column < width; column++)
      sum[column] = (sum[column] as number) + (rows[row * width + column] as number);
  }
  const root = Math.sqrt(Math.max(1, chosen.length));
  return sum.map((value, column) => (value * (scale[column] as number)) / root);
}
