import { UNSURE, type Tag } from '../contract/tags.ts';

/** What `--json` prints for one file: one line, always these keys. */
export interface FileResult {
  readonly file: string;
  readonly transcript: string;
  readonly rejected: boolean;
  /** Label by name, for example {"gender": "female", "speed": "fast"}. */
  readonly tags: Readonly<Record<string, string>>;
  /** 0..1, by the same names. */
  readonly tagConfidences: Readonly<Record<string, number>>;
  readonly toolCalls: readonly { name: string; arguments: unknown; result: unknown }[];
  readonly reply: string;
  /** Milliseconds per stage. */
  readonly timings: Readonly<Record<string, number>>;
  /** Only when something went wrong: its code and sentence. */
  readonly failure?: { readonly code: string; readonly message: string };
}

export function emptyResult(file: string): FileResult {
  return {
    file,
    transcript: '',
    rejected: true,
    tags: {},
    tagConfidences: {},
    toolCalls: [],
    reply: '',
    timings: {},
  };
}

export function tagFields(tags: readonly Tag[]): Pick<FileResult, 'tags' | 'tagConfidences'> {
  return {
    tags: Object.fromEntries(tags.map(({ name, value }) => [name, value])),
    tagConfidences: Object.fromEntries(
      tags.map(({ name, confidence }) => [name, Number(confidence.toFixed(3))]),
    ),
  };
}

/** One line a person reads: "speed: fast (5.1 syllables/s, 80 %), gender: female (97 %); unsure: emotion, age". */
export function describeTags(tags: readonly Tag[]): string {
  const sure = tags.filter(({ value }) => value !== UNSURE);
  const unsure = tags.filter(({ value }) => value === UNSURE).map(({ name }) => name);
  const parts = [
    sure.map((tag) => `${tag.name}: ${tag.value} (${reasonOf(tag)})`).join(', '),
    unsure.length > 0 ? `unsure: ${unsure.join(', ')}` : '',
  ];
  return parts.filter(Boolean).join('; ');
}

function reasonOf({ measure, confidence, source, heard }: Tag): string {
  if (source === 'person') return heard ? `corrected, heard as ${heard.value}` : 'corrected';
  const percent = `${Math.round(confidence * 100)} %`;
  return measure ? `${measure.amount.toFixed(1)} ${measure.unit}, ${percent}` : percent;
}
