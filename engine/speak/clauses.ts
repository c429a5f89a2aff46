/** A piece of a reply that is made into sound at once. */
export interface Clause {
  /** As it stands in the reply, with the white space after it: all clauses joined are the reply. */
  readonly text: string;
  /** What follows it decides how long the voice rests. */
  readonly end: 'open' | 'clause' | 'sentence';
}

/** The first clause is heard while the next is made, so it is the shortest. */
const firstClauseWords = 12;
const clauseWords = 18;
/** A pause may not tear off less than this. */
const fewestWords = 4;
/** A longer word counts as one for every five characters. */
const longWordCharacters = 20;

const abbreviation =
  /(?:^|[\s(])(?:mr|mrs|ms|dr|prof|sr|jr|mt|vs|etc|e\.g|i\.e|approx|dept|inc|ltd|feb|aug|sept?|oct|nov|[ap]\.m|(?:[a-z]\.)+[a-z]|(?-i:St|[A-HJ-Z]))\.$/i;
const listNumber = /(?:^|\n)\s*\d{1,2}\.$/;
/** Words before which a long sentence may be breathed: best before the first kind. */
const joints = [
  /^(?:and|but|or|so|because|which|who|where|when|while|if|unless|until|before|after|although|though)$/i,
  /^(?:that|with|without|for|to|in|on|at|from|by|about|as)$/i,
];

/** Cuts a reply where a reader would pause. */
export function splitClauses(text: string): Clause[] {
  const clauses: Clause[] = [];
  for (const sentence of splitSentences(text)) {
    const soft = splitAtPauses(sentence);
    soft.forEach((piece, index) => {
      const last = index === soft.length - 1;
      const limit = clauses.length === 0 ? firstClauseWords : clauseWords;
      const breaths = splitLong(piece, limit);
      breaths.forEach((breath, at) => {
        const end = at < breaths.length - 1 ? 'open' : last ? 'sentence' : 'clause';
        clauses.push({ text: breath, end });
      });
    });
  }
  return clauses;
}

function splitSentences(text: string): string[] {
  const pieces: string[] = [];
  let start = 0;
  for (const match of text.matchAll(/[.!?…]+["'”’)\]]*(?=\s)\s*|[。！？]+[”’」』）]*\s*|\n+\s*/g)) {
    const end = match.index + match[0].length;
    const mark = match[0].trimEnd();
    const before = text.slice(start, match.index + mark.length);
    if (mark === '.' && (listNumber.test(before) || continues(before, text.slice(end)))) continue;
    if (before.trim() === '') continue;
    pieces.push(text.slice(start, end));
    start = end;
  }
  if (start < text.length) pieces.push(text.slice(start));
  // White space before the first word belongs to it.
  return pieces.length > 1 && pieces[0]!.trim() === ''
    ? [pieces[0]! + pieces[1]!, ...pieces.slice(2)]
    : pieces;
}

/** Whether a full stop belongs to an abbreviation and the sentence goes on. */
function continues(before: string, after: string): boolean {
  if (!abbreviation.test(before)) return false;
  const endsTime = /[ap]\.m\.$/i.test(before);
  return endsTime ? !/^\p{Lu}/u.test(after) : true;
}

function splitAtPauses(sentence: string): string[] {
  const pieces: string[] = [];
  let start = 0;
  for (const match of sentence.matchAll(/[,;:]["'”’)]*\s+|\s+[-–—]+\s+|—|[，；：、]+/g)) {
    const end = match.index + match[0].length;
    if (countWords(sentence.slice(start, end)) < fewestWords) continue;
    if (countWords(sentence.slice(end)) < fewestWords - 1) break;
    pieces.push(sentence.slice(start, end));
    start = end;
  }
  pieces.push(sentence.slice(start));
  return pieces;
}

/** Cuts what is too long for one breath before a joining word, else between any words, in even parts. */
function splitLong(piece: string, limit: number): string[] {
  const words = piece.match(/^\s+|(?:\p{Script=Han}{1,8}|[^\s\p{Script=Han}]{1,80})\s*/gu) ?? [];
  if (weight(words) <= limit + fewestWords) return [piece];
  const parts: string[] = [];
  let rest: string[] = [...words];
  while (weight(rest) > limit + fewestWords) {
    const cut = bestCut(rest, limit);
    parts.push(rest.slice(0, cut).join(''));
    rest = rest.slice(cut);
  }
  return [...parts, rest.join('')];
}

function bestCut(words: readonly string[], limit: number): number {
  const most = Math.max(1, Math.min(words.length - 1, countUpTo(words, limit)));
  for (const joint of joints) {
    for (let cut = most; cut > most / 2; cut -= 1) {
      if (joint.test(words[cut]!.trim())) return cut;
    }
  }
  return most;
}

function countUpTo(words: readonly string[], limit: number): number {
  let sum = 0;
  for (let i = 0; i < words.length; i += 1) {
    sum += wordWeight(words[i]!);
    if (sum > limit) return i;
  }
  return words.length;
}

function countWords(text: string): number {
  return weight(text.match(/\p{Script=Han}|[^\s\p{Script=Han}]+/gu) ?? []);
}

function weight(words: readonly string[]): number {
  return words.reduce((sum, word) => sum + wordWeight(word), 0);
}

/** A Chinese character takes about as long as half a word, and an endless word as long as many. */
function wordWeight(word: string): number {
  const han = word.match(/\p{Script=Han}/gu)?.length ?? 0;
  if (han > 0) return han / 2;
  return word.trim() === '' ? 0 : word.length > longWordCharacters ? word.length / 5 : 1;
}
