import type { Frame } from './frame-acceptor.ts';
import type { Evidence } from './rejection.ts';

export const UNKNOWN_INTENT = 'unknown';

/** Why nothing is done about what was said. */
export type RefusalReason = 'unclear' | 'out-of-domain';

/** What an utterance means, or why it is not acted on. */
export interface Understanding {
  readonly frame: Frame;
  /** The likeliest frame before it was asked whether to act on it. */
  readonly best: Frame;
  /** Log-odds of acceptance; below 0 nothing is done. */
  readonly acceptance: number;
  /** Set when the frame is not to be acted on. */
  readonly refusal: RefusalReason | undefined;
  /** 0..1, that the frame is right. */
  readonly confidence: number;
  readonly evidence: Evidence;
  /** Milliseconds by step. */
  readonly timings: Readonly<Record<string, number>>;
}
