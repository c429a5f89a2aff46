import type { ReplyEvent, ReplyRequest, SpeechSpeeds } from '../contract/engine-contract.ts';
import type { Speech } from './recognise/hearing.ts';

/** A model that is ready to answer. One family, one implementation; `local-engine.ts` chooses by the package. */
export interface LoadedModel {
  /** Of models that speak by themselves. */
  readonly speeds?: SpeechSpeeds;
  /**
   * Answers the last human message. `speechOf` gives an utterance of the request; what was heard in it is kept for
   * as long as the same object is given, so that several tasks share one hearing.
   */
  reply(
    request: ReplyRequest,
    speechOf: (utteranceId: string) => Speech,
    signal: AbortSignal,
  ): AsyncGenerator<ReplyEvent>;
  release(): Promise<void>;
}
