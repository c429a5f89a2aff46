import type { Words } from './en.ts';

/** A tool's name in plain words; an unknown tool keeps its own, made readable. */
export function toolName(words: Words, name: string): string {
  const exact = words.tool.names[name];
  if (exact) return exact;
  const known = Object.keys(words.tool.names).find((part) => name.toLowerCase().includes(part));
  if (known) return words.tool.names[known] ?? name;
  const readable = name.replace(/[-_]+/g, ' ').replace(/([a-z])([A-Z])/g, '$1 $2').trim();
  return readable.charAt(0).toUpperCase() + readable.slice(1);
}

/** A tag's label in plain words; a label nobody translated is shown as it is. */
export function tagValue(words: Words, value: string): string {
  if (value === 'unsure') return words.tags.unsure;
  return words.tags.values[value.toLowerCase()] ?? value;
}
