import { spanish } from './phrases/spanish.ts';

/** By the English name of the language. */
export const phraseTables: Readonly<Record<string, string>> = { spanish };
