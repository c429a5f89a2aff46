import type { Item, ToolCall } from '../items.ts';

/** What a model was given: the recording, or silence of the same length in its place. */
export type Given = 'sound' | 'silence';

/** What a model made of one question. */
export interface Answer {
  /** What it wrote down of the speech. */
  readonly transcript: string;
  /** What it said itself. */
  readonly text: string;
  readonly calls: readonly ToolCall[];
  /** What it told about the voice, by name. */
  readonly tags: Readonly<Record<string, string>>;
  /** The model has no way to do this. */
  readonly isImpossible: boolean;
  /** Of the recording. */
  readonly seconds: number;
  /** From the end of the recording to the end of the answer. */
  readonly milliseconds: number;
}

/** An answer as it is kept. */
export interface KeptAnswer extends Answer {
  readonly key: string;
  readonly id: string;
  readonly given: Given;
}

/** A question that was asked, both ways where it was audited. */
export interface Answered {
  readonly item: Item;
  readonly sound: Answer;
  readonly silence: Answer | undefined;
}
