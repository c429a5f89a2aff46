import { parseNumber } from '../../spoken-values/number-words.ts';
import { spokenTokens, type SpokenToken } from './spoken-tokens.ts';
import { heardAs, type PhrasePart, type SpokenArgument } from './tool-phrase.ts';

type Arguments = Readonly<Record<string, string | number>>;

const LONGEST_SENTENCE = 80;
const before =
  /^(?:(?:please|hey|hello|hi|okay|ok|sotto|so|um|uh|now|well|(?:can|could|would|will) you|(?:i want|i need|i'd like|i would like) you to) )+/;
const after =
  /(?: (?:please|sotto|now|right now|thanks|thank you|for me|if you please|would you|will you))+$/;

/** The arguments that a sentence gives to a phrase; undefined when it is another sentence. Politeness counts nothing. */
export function matchPhrase(parts: readonly PhrasePart[], sentence: string): Arguments | undefined {
  const tokens = spokenTokens(sentence);
  if (tokens.length === 0 || tokens.length > LONGEST_SENTENCE) return undefined;
  return (
    matchParts(parts, withoutPoliteness(tokens), sentence, {}) ?? matchParts(parts, tokens, sentence, {})
  );
}

function withoutPoliteness(tokens: readonly SpokenToken[]): readonly SpokenToken[] {
  const words = tokens.map(({ word }) => word).join(' ');
  const first = before.exec(words)?.[0].trim().split(' ').length ?? 0;
  const last = after.exec(words)?.[0].trim().split(' ').length ?? 0;
  return tokens.slice(first, tokens.length - last);
}

function matchParts(
  parts: readonly PhrasePart[],
  tokens: readonly SpokenToken[],
  sentence: string,
  given: Arguments,
): Arguments | undefined {
  const [part, ...others] = parts;
  if (part === undefined) return tokens.length === 0 ? given : undefined;
  if (typeof part === 'string') {
    const [token] = tokens;
    if (!token || heardAs(token.word) !== heardAs(part)) return undefined;
    return matchParts(others, tokens.slice(1), sentence, given);
  }
  for (let length = 1; length <= tokens.length - others.length; length += 1) {
    const value = readValue(part, sentence.slice(tokens[0]!.start, tokens[length - 1]!.end));
    const found =
      value === undefined
        ? undefined
        : matchParts(others, tokens.slice(length), sentence, { ...given, [part.name]: value });
    if (found) return found;
  }
  return undefined;
}

function readValue({ kind }: SpokenArgument, said: string): string | number | undefined {
  if (kind === 'words') return said;
  const value = parseNumber(said);
  return value === undefined || (kind === 'whole-number' && !Number.isInteger(value)) ? undefined : value;
}
