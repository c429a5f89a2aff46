import type { Lexicon } from './lexicon.ts';

/**
 * The lexicon as a prefix tree over phone labels, in typed arrays. Node 0 is the root; the children of a node have
 * consecutive numbers, `firstChild[n] .. firstChild[n] + childCount[n] - 1`. The words that end in node n are
 * `wordIds[wordStart[n] .. wordStart[n + 1] - 1]`.
 */
export interface LexiconTree {
  readonly nodes: number;
  readonly label: Uint8Array;
  readonly parent: Int32Array;
  readonly firstChild: Int32Array;
  readonly childCount: Uint8Array;
  readonly wordStart: Int32Array;
  readonly wordIds: Int32Array;
  /** Child of the root by label, or -1. */
  readonly rootChild: Int32Array;
  /** Nodes in which a pronunciation of the word ends. */
  readonly endsOf: readonly (readonly number[])[];
}

interface Draft {
  children: Map<number, Draft>;
  words: number[];
}

export function buildLexiconTree(lexicon: Lexicon, labels: number): LexiconTree {
  const root: Draft = { children: new Map(), words: [] };
  lexicon.pronunciations.forEach((variants, word) => {
    for (const phones of variants) {
      let node = root;
      for (const phone of phones) {
        let child = node.children.get(phone);
        if (!child) node.children.set(phone, (child = { children: new Map(), words: [] }));
        node = child;
      }
      if (!node.words.includes(word)) node.words.push(word);
    }
  });
  return number(root, labels, lexicon.words.length);
}

/** Numbers the nodes breadth first, so that the children of a node follow one another. */
function number(root: Draft, labels: number, words: number): LexiconTree {
  const order: Draft[] = [root];
  const label: number[] = [0];
  const parent: number[] = [-1];
  const firstChild: number[] = [];
  const childCount: number[] = [];
  const wordStart: number[] = [0];
  const wordIds: number[] = [];
  const endsOf: number[][] = Array.from({ length: words }, () => []);
  for (let index = 0; index < order.length; index++) {
    const draft = order[index] as Draft;
    firstChild.push(order.length);
    childCount.push(draft.children.size);
    for (const [phone, child] of [...draft.children].sort(([a], [b]) => a - b)) {
      order.push(child);
      label.push(phone);
      parent.push(index);
    }
    for (const word of draft.words) {
      wordIds.push(word);
      endsOf[word]?.push(index);
    }
    wordStart.push(wordIds.length);
  }
  const rootChild = new Int32Array(labels).fill(-1);
  for (let child = 1; child <= root.children.size; child++) rootChild[label[child] as number] = child;
  return {
    nodes: order.length,
    label: Uint8Array.from(label),
    parent: Int32Array.from(parent),
    firstChild: Int32Array.from(firstChild),
    childCount: Uint8Array.from(childCount),
    wordStart: Int32Array.from(wordStart),
    wordIds: Int32Array.from(wordIds),
    rootChild,
    endsOf,
  };
}
