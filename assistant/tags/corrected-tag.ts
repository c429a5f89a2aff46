import type { HeardTag, Tag, TagName } from '../../contract/tags.ts';

/**
 * A tag after the person said what is right; with null, after the person took that back. What had been heard stays
 * beside it. Taking back what was carried over from an earlier turn says that this time it was heard rightly.
 * Undefined when nothing is left.
 */
export function correctedTag(name: TagName, before: Tag | undefined, value: string | null): Tag | undefined {
  const heard = before && heardOf(before);
  const measure = before?.measure ? { measure: before.measure } : {};
  if (value !== null && (!heard || value !== heard.value || before.carriedOver)) {
    return { name, value, confidence: 1, source: 'person', ...measure, ...(heard ? { heard } : {}) };
  }
  if (!heard) return undefined;
  return before.carriedOver
    ? { name, value: heard.value, confidence: 1, source: 'person', ...measure, heard }
    : { name, ...heard, ...measure };
}

/** What was heard before anybody corrected it. */
export function heardOf({ value, confidence, source, heard }: Tag): HeardTag | undefined {
  return source === 'person' ? heard : { value, confidence, source };
}
