import type { ClipDescription } from '../../../contract/voices.ts';

/** One sound to take in. */
export interface ImportItem {
  /** For the person: where it is. */
  readonly path: string;
  readonly read: () => Promise<Uint8Array>;
  readonly description: Partial<ClipDescription>;
  readonly source?: string;
  readonly licence?: string;
  /** What its bytes must have, where that is known. */
  readonly sha256?: string;
}

/** What is to be taken in, counted before it is read. */
export interface ImportSource {
  readonly total: number;
  readonly items: () => AsyncIterable<ImportItem> | Iterable<ImportItem>;
  readonly close?: () => void;
}

export const emptyDescription: ClipDescription = {
  name: '',
  transcript: '',
  gender: '',
  age: '',
  style: '',
  emotion: '',
  language: '',
  tags: [],
};
