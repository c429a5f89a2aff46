import { NgramModel, type NgramLevel } from '../../../engine/recognise/ngram-model.ts';

const DISCOUNT = 0.5;
const STEP = 1 / 16;
const BACK_OFF_BIAS = 32;

interface Node {
  count: number;
  next: Map<number, Node>;
}

/** A back-off model with absolute discounting, counted from a few sentences. */
export function smallLanguage(
  sentences: readonly string[],
  vocabulary: readonly string[] = [],
  order = 3,
): NgramModel {
  const seen = new Set([...sentences.flatMap((sentence) => sentence.split(' ')), ...vocabulary]);
  const words = ['<s>', '</s>', ...[...seen].sort()];
  const ids = new Map(words.map((word, id) => [word, id]));
  const root: Node = { count: 0, next: new Map(words.map((_, id) => [id, { count: 0, next: new Map() }])) };
  for (const sentence of sentences) {
    const line = [0, ...sentence.split(' ').map((word) => ids.get(word) as number), 1];
    for (let from = 0; from < line.length; from++) add(root, line.slice(from, from + order));
  }
  const start = root.next.get(0) as Node;
  start.count = 0;
  return new NgramModel({
    words,
    startWord: 0,
    endWord: 1,
    levels: levelsOf(root, order),
    logTable: Float32Array.from({ length: 256 }, (_, code) => -code * STEP),
    backoffTable: Float32Array.from({ length: 256 }, (_, code) => (BACK_OFF_BIAS - code) * STEP),
  });
}

function add(root: Node, line: readonly number[]): void {
  let node = root;
  for (const word of line) {
    let child = node.next.get(word);
    if (!child) node.next.set(word, (child = { count: 0, next: new Map() }));
    child.count++;
    node = child;
  }
}

function levelsOf(root: Node, order: number): NgramLevel[] {
  const levels: NgramLevel[] = [];
  let rows: Node[] = [root];
  for (let level = 1; level <= order; level++) {
    const next: Node[] = [];
    const words: number[] = [];
    const logs: number[] = [];
    for (const row of rows) {
      const total = [...row.next.values()].reduce((sum, child) => sum + child.count, 0);
      for (const [word, child] of [...row.next].sort(([a], [b]) => a - b)) {
        next.push(child);
        words.push(word);
        const share =
          level === 1
            ? (child.count + 0.1) / (total + 0.1 * row.next.size)
            : (child.count - DISCOUNT) / total;
        logs.push(Math.min(255, Math.round(-Math.log(share) / STEP)));
      }
    }
    const counts = next.map((node) => [...node.next.values()].reduce((sum, child) => sum + child.count, 0));
    const starts = [0];
    for (const node of next) starts.push((starts.at(-1) as number) + node.next.size);
    const backoffs = next.map((node, index) => {
      const share = node.next.size === 0 ? 1 : (DISCOUNT * node.next.size) / (counts[index] as number);
      return Math.round(BACK_OFF_BIAS - Math.log(share) / STEP);
    });
    levels.push({
      words: level === 1 ? undefined : Uint16Array.from(words),
      logCodes: Uint8Array.from(logs),
      backoffCodes: level === order ? undefined : Uint8Array.from(backoffs),
      children: level === order ? undefined : Uint32Array.from(starts),
    });
    rows = next;
  }
  return levels;
}
