import { tagNames, UNSURE, type Tag } from '../../contract/tags.ts';

const ordinary: readonly string[] = ['normal', 'medium', 'adult', 'quiet room'];

/** In the order of names; of a name that has no tag there is none. */
export function inOrder(tags: readonly Tag[]): Tag[] {
  return tags.toSorted((a, b) => tagNames.indexOf(a.name) - tagNames.indexOf(b.name));
}

/**
 * What says something at a glance: who speaks, and what is not as always. What nobody is sure of says little, except
 * for the feeling, which people look for; what the person said is never hidden.
 */
export function isTelling({ name, value, source }: Tag): boolean {
  if (source === 'person' || name === 'emotion') return true;
  if (value === UNSURE || ordinary.includes(value)) return false;
  return !(name === 'style' && value === 'neutral') && !(name === 'background' && value === 'quiet');
}
