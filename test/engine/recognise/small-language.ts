import { SENTENCE_END, SENTENCE_START, TrigramModel } from '../../../engine/recognise/language-model.ts';

const DISCOUNT = 0.5;

/** A trigram model with absolute discounting, counted from a few sentences. */
export function smallLanguage(sentences: readonly string[], vocabulary: readonly string[] = []): TrigramModel {
  const seen = new Set([...sentences.flatMap((sentence) => sentence.split(' ')), ...vocabulary]);
  const words = ['<s>', '</s>', '<unk>', ...[...seen].sort()];
  const id = new Map(words.map((word, index) => [word, index]));
  const unigrams = new Float64Array(words.length).fill(0.05);
  const bigrams = new Map<number, Map<number, number>>();
  const trigrams = new Map<string, Map<number, number>>();
  for (const sentence of sentences) {
    const ids = [SENTENCE_START, ...sentence.split(' ').map((word) => id.get(word) as number), SENTENCE_END];
    ids.forEach((word, at) => {
      if (at > 0) unigrams[word] = (unigrams[word] as number) + 1;
      if (at > 0) count(bigrams, ids[at - 1] as number, word);
      if (at > 1) count(trigrams, `${ids[at - 2]} ${ids[at - 1]}`, word);
    });
  }
  const total = unigrams.reduce((sum, value) => sum + value);
  const unigramLog = Float32Array.from(unigrams, (value) => Math.log(value / total));
  const bigramStart = new Uint32Array(words.length + 1);
  const rows: { first: number; second: number; log: number }[] = [];
  const unigramBackoff = new Float32Array(words.length);
  words.forEach((_, first) => {
    bigramStart[first] = rows.length;
    const followers = discounted(bigrams.get(first));
    unigramBackoff[first] = followers.backoff;
    for (const [second, log] of followers.logs) rows.push({ first, second, log });
  });
  bigramStart[words.length] = rows.length;
  const trigramStart = new Uint32Array(rows.length + 1);
  const trigramWord: number[] = [];
  const trigramLog: number[] = [];
  const bigramBackoff = new Float32Array(rows.length);
  rows.forEach(({ first, second }, row) => {
    trigramStart[row] = trigramWord.length;
    const followers = discounted(trigrams.get(`${first} ${second}`));
    bigramBackoff[row] = followers.backoff;
    for (const [third, log] of followers.logs) {
      trigramWord.push(third);
      trigramLog.push(log);
    }
  });
  trigramStart[rows.length] = trigramWord.length;
  return new TrigramModel(words, {
    unigramLog,
    unigramBackoff,
    bigramStart,
    bigramWord: Uint16Array.from(rows, (row) => row.second),
    bigramLog: Float32Array.from(rows, (row) => row.log),
    bigramBackoff,
    trigramStart,
    trigramWord: Uint16Array.from(trigramWord),
    trigramLog: Float32Array.from(trigramLog),
  });
}

function count<K>(counts: Map<K, Map<number, number>>, context: K, word: number): void {
  const row = counts.get(context) ?? new Map<number, number>();
  row.set(word, (row.get(word) ?? 0) + 1);
  counts.set(context, row);
}

function discounted(row: Map<number, number> | undefined): { logs: [number, number][]; backoff: number } {
  if (!row) return { logs: [], backoff: 0 };
  const total = [...row.values()].reduce((sum, value) => sum + value, 0);
  const logs = [...row]
    .sort(([a], [b]) => a - b)
    .map(([word, value]): [number, number] => [word, Math.log((value - DISCOUNT) / total)]);
  return { logs, backoff: Math.log((DISCOUNT * row.size) / total) };
}
