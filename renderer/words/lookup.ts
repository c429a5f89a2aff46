import { UNSURE, type Tag } from '../../contract/tags.ts';
import type { Words } from './en.ts';

/** A tool's name in plain words; an unknown tool keeps its own, made readable. */
export function toolName(words: Words, name: string): string {
  const exact = words.tool.names[name];
  if (exact) return exact;
  const known = Object.keys(words.tool.names).find((part) => name.toLowerCase().includes(part));
  if (known) return words.tool.names[known] ?? name;
  const readable = name
    .replace(/[-_]+/g, ' ')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .trim();
  return readable.charAt(0).toUpperCase() + readable.slice(1);
}

/** Labels that say little without the thing they are about. */
const dependentLabels: readonly string[] = ['unsure', 'normal', 'medium', 'high', 'low', 'noisy', 'clean'];
/** Of these the same label means something else than of the others. */
const ownLabels: readonly string[] = ['style neutral'];
const dependentTags: readonly string[] = ['style neutral', 'background quiet'];

/** A tag's value alone, for a place that says what it is about. */
export function tagValue(words: Words, { name, value }: Pick<Tag, 'name' | 'value'>): string {
  if (value === UNSURE) return words.tags.unsure;
  const own = `${name} ${value}`;
  return words.tags.values[ownLabels.includes(own) ? own : value.toLowerCase()] ?? value;
}

/** A tag in plain words that stand alone ("fast", "low pitch"); a label nobody translated is shown as it is. */
export function tagLabel(words: Words, { name, value }: Pick<Tag, 'name' | 'value'>): string {
  const label = tagValue(words, { name, value });
  const isDependent = dependentLabels.includes(value) || dependentTags.includes(`${name} ${value}`);
  return isDependent ? words.tags.about(words.tags.names[name] ?? name, label) : label;
}
