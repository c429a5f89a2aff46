import { UserError } from '../../../contract/user-errors.ts';
import { spokenTokens } from './spoken-tokens.ts';

/** An argument that a phrase may hold, and how its words are read. */
export interface SpokenArgument {
  readonly name: string;
  readonly kind: 'words' | 'number' | 'whole-number';
}

/** A phrase that calls a tool: words that are said exactly, and places for arguments between them. */
export type PhrasePart = string | SpokenArgument;

interface Phrased {
  readonly phrase: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

const MOST_PLACES = 3;
const MOST_WORDS = 20;
const kinds: Readonly<Record<string, SpokenArgument['kind']>> = {
  string: 'words',
  number: 'number',
  integer: 'whole-number',
};

/** The string and number arguments of a tool; undefined for a tool that cannot be called without others. */
export function spokenArguments(schema: Readonly<Record<string, unknown>>): SpokenArgument[] | undefined {
  const properties = Object.entries(asRecord(schema.properties));
  const spoken = properties.flatMap(([name, property]) => {
    const { type } = asRecord(property);
    const kind = [type].flat().flatMap((one) => kinds[String(one)] ?? [])[0];
    return kind && /^[\w.-]{1,60}$/.test(name) ? [{ name, kind }] : [];
  });
  const isCallable = required(schema).every((name) => spoken.some((one) => one.name === name));
  return isCallable ? spoken : undefined;
}

/**
 * Reads "turn on the oven to {temperature}" with the arguments of its tool.
 *
 * @throws UserError tool-phrase with the reason, and the name of the argument where it is about one.
 */
export function readPhrase(phrase: string, schema: Readonly<Record<string, unknown>>): PhrasePart[] {
  const refuse = (reason: string, name = '') => new UserError('tool-phrase', { phrase, reason, name });
  const known = spokenArguments(schema);
  if (!known) throw refuse('other-arguments');
  const parts: PhrasePart[] = [];
  for (const [piece, name] of phrase.matchAll(/\{([^{}]*)\}|[^{}]+|[{}]/g)) {
    if (name === undefined) {
      if (/[{}]/.test(piece)) throw refuse('braces');
      parts.push(...spokenTokens(piece).map(({ word }) => word));
      continue;
    }
    const argument = known.find((one) => one.name === name.trim());
    if (!argument) throw refuse('unknown-place', name.trim());
    if (parts.includes(argument)) throw refuse('twice', argument.name);
    if (typeof parts.at(-1) === 'object') throw refuse('no-words-between', argument.name);
    parts.push(argument);
  }
  const words = parts.filter((part) => typeof part === 'string');
  if (words.length === 0) throw refuse('no-words');
  if (words.length > MOST_WORDS) throw refuse('too-long');
  if (parts.length - words.length > MOST_PLACES) throw refuse('too-many-places');
  const missing = required(schema).find(
    (name) => !parts.some((part) => typeof part === 'object' && part.name === name),
  );
  if (missing !== undefined) throw refuse('missing-place', missing);
  return parts;
}

/** The same of a phrase that was kept; undefined when there is none, or none that fits the tool any longer. */
export function keptPhrase({ phrase, parameters }: Phrased): PhrasePart[] | undefined {
  try {
    return phrase === '' ? undefined : readPhrase(phrase, parameters);
  } catch {
    return undefined;
  }
}

/** One article stands for all of them: spoken in passing they sound alike, and they change nothing. */
export function heardAs(word: string): string {
  return word === 'a' || word === 'an' ? 'the' : word;
}

/** Two phrases of the same shape are said alike, whatever their arguments are called. */
export function phraseShape(parts: readonly PhrasePart[]): string {
  return parts.map((part) => (typeof part === 'string' ? heardAs(part) : '{}')).join(' ');
}

/** What is said, with something in every place. */
export function samplePhrase(parts: readonly PhrasePart[], words: string): string {
  return parts
    .map((part) => (typeof part === 'string' ? part : part.kind === 'words' ? words : 'twenty'))
    .join(' ');
}

function required(schema: Readonly<Record<string, unknown>>): string[] {
  return Array.isArray(schema.required) ? schema.required.map(String) : [];
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
