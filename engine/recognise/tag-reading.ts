import type { Tag } from '../../contract/tags.ts';

export interface TagGroup {
  readonly name: string;
  readonly values: readonly string[];
}

/** Shares of the values of one group, summing to 1. */
export type TagShares = ReadonlyMap<string, Readonly<Record<string, number>>>;

const TOLD = ['gender', 'age', 'style'] as const;

/** Splits the tag head's logits by group, a softmax each. `logits` holds the groups' values in order. */
export function readTagShares(logits: Float32Array, groups: readonly TagGroup[]): TagShares {
  const shares = new Map<string, Record<string, number>>();
  let offset = 0;
  for (const { name, values } of groups) {
    const own = logits.subarray(offset, offset + values.length);
    offset += values.length;
    const largest = Math.max(...own);
    const weights = Array.from(own, (value) => Math.exp(value - largest));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    shares.set(
      name,
      Object.fromEntries(values.map((value, index) => [value, (weights[index] as number) / total])),
    );
  }
  return shares;
}

/** The groups a person is told about; "unsure" where the best value has less than the group's share. */
export function tagsOf(shares: TagShares, leastShare: Readonly<Record<string, number>>): Tag[] {
  const tags: Tag[] = [];
  for (const name of TOLD) {
    const group = shares.get(name);
    if (!group) continue;
    const [value, confidence] = Object.entries(group).reduce((best, entry) =>
      entry[1] > best[1] ? entry : best,
    );
    const sure = confidence >= (leastShare[name] ?? 0.5);
    tags.push({ name, value: sure ? value : UNSURE, confidence, source: 'model' });
  }
  return tags;
}

/** Emotions were acted by no one in the training data: no figure supports naming one. */
export const emotionUnsure: Tag = { name: 'emotion', value: 'unsure', confidence: 0, source: 'model' };

const UNSURE = 'unsure';
