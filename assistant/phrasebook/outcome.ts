import type { Failure } from '../../contract/turn-events.ts';
import type { ReplyTone, Tag } from '../../contract/tags.ts';

/** What there is to put into words. */
export type Outcome =
  | {
      readonly kind: 'tool-result';
      readonly tool: string;
      /** The intent that led to the call, where a model named one. */
      readonly intent?: string;
      readonly arguments: Readonly<Record<string, unknown>>;
      readonly result: unknown;
    }
  | { readonly kind: 'tool-failure'; readonly tool: string; readonly failure: Failure }
  /** An intent without a tool: greeting, joke, "how do I sound". */
  | { readonly kind: 'conversation'; readonly intent: string }
  /** Nothing was done, because what was said was not understood or lies outside of what Sotto can do. */
  | { readonly kind: 'rejected'; readonly reason: 'unclear' | 'out-of-domain' };

export interface WordingContext {
  /** What the person said; picks between answers to sentences of the same intent. */
  readonly transcript: string;
  now(): Date;
  readonly timeZone: string;
  /** BCP 47; decides between twelve and twenty-four hours. */
  readonly locale: string;
  /** Uniform in [0, 1). Seeded, the same words come again. */
  random(): number;
  /** The last thing that was said aloud; empty at the start of a conversation. */
  readonly lastReply: string;
  /** How the present utterance sounds. */
  readonly tags: readonly Tag[];
  /** How the reply is fitted to it. */
  readonly tone?: ReplyTone | undefined;
}
