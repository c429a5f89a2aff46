import { chinese } from './phrases/chinese.ts';
import { french } from './phrases/french.ts';
import { german } from './phrases/german.ts';
import { italian } from './phrases/italian.ts';
import { japanese } from './phrases/japanese.ts';
import { portuguese } from './phrases/portuguese.ts';
import * as shortLists from './phrases/short-lists.ts';
import { spanish } from './phrases/spanish.ts';

/** By the English name of the language. */
export const phraseTables: Readonly<Record<string, string>> = {
  spanish,
  french,
  german,
  italian,
  portuguese,
  chinese,
  mandarin: chinese,
  japanese,
  ...shortLists,
};
