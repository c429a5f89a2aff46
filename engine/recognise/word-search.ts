import { readFile } from 'node:fs/promises';
import { CtcSearch, type CtcSearchSettings, type Sentence } from './ctc-search.ts';
import { readLexicon, type Lexicon } from './lexicon.ts';
import { buildLexiconTree } from './lexicon-tree.ts';
import { readNgramFile } from './ngram-file.ts';

export interface WordSearchFiles {
  readonly lexicon: string;
  readonly languageModel: string;
}

/** The search over words with everything it needs from a package. */
export class WordSearch {
  readonly lexicon: Lexicon;
  readonly #search: CtcSearch;
  readonly #labels: number;

  constructor(lexicon: Lexicon, search: CtcSearch, labels: number) {
    this.lexicon = lexicon;
    this.#search = search;
    this.#labels = labels;
  }

  static async open(
    files: WordSearchFiles,
    labels: readonly string[],
    settings: CtcSearchSettings,
  ): Promise<WordSearch> {
    const [lexiconText, modelBytes] = await Promise.all([
      readFile(files.lexicon, 'utf8'),
      readFile(files.languageModel),
    ]);
    const lexicon = readLexicon(lexiconText, labels);
    const model = readNgramFile(modelBytes, files.languageModel);
    const search = new CtcSearch(lexicon, buildLexiconTree(lexicon, labels.length), model, settings);
    return new WordSearch(lexicon, search, labels.length);
  }

  /** Distinct word sequences, best first; see CtcSearch. */
  sentences(logProbabilities: Float32Array): Sentence[] {
    return this.#search.search(logProbabilities, this.#labels);
  }
}
