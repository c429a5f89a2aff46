import type { SpokenVoice } from '../../contract/engine-contract.ts';

export interface TokenVoiceSettings extends SpokenVoice {
  /** 1 = as the voice speaks. */
  readonly speakingRate?: number;
}

/** Makes the speech tokens of a reply audible on this machine. */
export interface TokenVoice {
  readonly sampleRate: number;
  /** Sound as soon as it can be made; the pieces are one utterance. */
  stream(
    codes: AsyncIterable<number>,
    settings: TokenVoiceSettings,
    signal: AbortSignal,
  ): AsyncGenerator<Float32Array>;
  release(): Promise<void>;
}
