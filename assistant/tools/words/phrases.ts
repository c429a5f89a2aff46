import { asLanguage, type Translation } from './phrase-tables.ts';
import { phraseTables } from './phrase-languages.ts';

/** Languages of which set phrases are known, by their English names in lower case. */
export const languageNames: readonly string[] = Object.keys(phraseTables);

const TABLES = new Map(
  Object.entries(phraseTables).map(([language, lines]) => [language, asLanguage(lines)]),
);

/** What people say for the phrases of the tables. */
const SAME_AS: readonly (readonly [RegExp, string])[] = [
  [/^(hi|hey|hello there)$/, 'hello'],
  [/^(bye|bye bye|good bye)$/, 'goodbye'],
  [/^thanks$/, 'thank you'],
  [/^(thanks a lot|thank you so much|many thanks)$/, 'thank you very much'],
  [/^(sorry|i am sorry)$/, "i'm sorry"],
  [/^(how much is (it|that|this)|how much does (it|that|this) cost)$/, 'how much is this'],
  [/^i am (lost|hungry|tired|thirsty|sick)$/, "i'm $1"],
  [/^(?:can|could) you help me$/, 'can you help me'],
  [/^help$/, 'i need help'],
  [/^the bill please$/, 'the check please'],
  [/^the (dog|cat|book|car|train|house|sun|moon|water|bread|friend)$/, '$1'],
  [/^where is the (restroom|toilet|washroom)$/, 'where is the bathroom'],
  [/^where is the (.+) station$/, 'where is the train station'],
];

export function findTranslation(phrase: string, language: string): Translation | undefined {
  const words = phrase
    .trim()
    .toLowerCase()
    .replace(/[?!.,]/g, '')
    .replace(/^(?:the (?:word|phrase) )/, '');
  const table = TABLES.get(language);
  if (!table) return undefined;
  const same = SAME_AS.find(([pattern]) => pattern.test(words));
  return table.get(words) ?? (same && table.get(words.replace(same[0], same[1])));
}
