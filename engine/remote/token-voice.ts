import type { SpokenVoice } from '../../contract/engine-contract.ts';

/** Makes the speech tokens of a reply audible on this machine. */
export interface TokenVoice {
  readonly sampleRate: number;
  /** Samples that one token becomes. */
  readonly samplesPerToken: number;
  /** Sound as soon as it can be made; the pieces are one utterance. */
  stream(codes: AsyncIterable<number>, voice: SpokenVoice, signal: AbortSignal): AsyncGenerator<Float32Array>;
  release(): Promise<void>;
}
