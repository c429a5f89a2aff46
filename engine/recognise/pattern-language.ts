import { spokenWords } from './spoken-words.ts';

/** One pattern as a tree. Words are spoken units (spoken-words.ts). */
export type Pattern =
  | { readonly kind: 'word'; readonly word: string }
  | { readonly kind: 'sequence'; readonly parts: readonly Pattern[] }
  | { readonly kind: 'choice'; readonly parts: readonly Pattern[] }
  /** A value of a type; with a slot name when it is to be captured. */
  | { readonly kind: 'type'; readonly type: string; readonly slot: string | undefined };

export interface WeightedPattern {
  readonly pattern: Pattern;
  readonly weight: number;
  /** How the sentence may be wrapped, from the last `@` line: command, question or plain. */
  readonly mode: string;
}

const TOKEN = /[()|[\]]|\{[^}]+\}|<[^>]+>|[^\s()|[\]{}<>]+/g;
const WEIGHT = /\s\*(\d+)$/;

/** The patterns of a file: one a line, `#` comments, `@mode` lines, ` *N` weights. */
export function readPatterns(text: string): WeightedPattern[] {
  const patterns: WeightedPattern[] = [];
  let mode = 'plain';
  for (const raw of text.split('\n')) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    if (line.startsWith('@')) {
      mode = line.slice(1);
      continue;
    }
    const weight = WEIGHT.exec(line);
    const body = weight ? line.slice(0, weight.index) : line;
    patterns.push({ pattern: parsePattern(body), weight: weight ? Number(weight[1]) : 1, mode });
  }
  return patterns;
}

/** `words (a|b c) [optional] {slot} {slot:type} <type>`, nested as one likes. */
export function parsePattern(text: string): Pattern {
  const tokens = text.match(TOKEN) ?? [];
  let position = 0;

  const choice = (closing: string): Pattern => {
    const branches: Pattern[] = [];
    let items: Pattern[] = [];
    for (;;) {
      const token = tokens[position++];
      if (token === undefined ? closing === '' : token === closing) {
        branches.push(sequence(items));
        return branches.length === 1 ? (branches[0] as Pattern) : { kind: 'choice', parts: branches };
      }
      if (token === undefined || token === ')' || token === ']')
        throw new Error(`unbalanced pattern: ${text}`);
      if (token === '|') {
        branches.push(sequence(items));
        items = [];
      } else if (token === '(') items.push(choice(')'));
      else if (token === '[') items.push({ kind: 'choice', parts: [choice(']'), sequence([])] });
      else items.push(...leaf(token));
    }
  };
  return choice('');
}

function leaf(token: string): Pattern[] {
  const inner = token.slice(1, -1);
  if (token.startsWith('<')) return [{ kind: 'type', type: inner, slot: undefined }];
  if (token.startsWith('{')) {
    const [slot = '', type = slot] = inner.split(':');
    return [{ kind: 'type', type, slot }];
  }
  return spokenWords(token).map((word) => ({ kind: 'word', word }));
}

function sequence(parts: readonly Pattern[]): Pattern {
  return parts.length === 1 ? (parts[0] as Pattern) : { kind: 'sequence', parts };
}
