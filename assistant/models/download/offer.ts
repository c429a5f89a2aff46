import type { ListedFile } from './listed-file.ts';

/** Something that can be fetched: a checkpoint in the official layout, or a package. */
export interface Offer {
  /** Also the name of its folder. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly official: boolean;
  /** Of a checkpoint, only what makes the replies of another machine audible. */
  readonly voiceOnly?: boolean;
  /** `owner/name`, or the address of a plain folder. */
  readonly origin: string;
  /** A commit on Hugging Face; empty for its newest. */
  readonly revision: string;
  readonly licence: string;
  readonly languages: readonly string[];
  /** Of the whole, about; 0 where only the server knows. */
  readonly bytes: number;
  /** Files that we know ourselves; a server that has others is not believed. */
  readonly knownFiles: readonly ListedFile[];
}
