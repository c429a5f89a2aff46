/** Sound comes at this rate. */
export const SPOKEN_SAMPLE_RATE = 24_000;
/** Speech tokens a second. */
export const SPEECH_TOKENS_PER_SECOND = 25;

export interface SpeechSettings {
  /** 1 = as the voice speaks; 0.5..2 */
  readonly speakingRate: number;
  /** The same seed gives the same sound. */
  readonly seed: number;
}

/** Makes speech tokens audible in the voice of a recording (a WAV file's bytes). */
export interface SpeechMaker {
  /** Whether the work is done in a thread of its own, beside the decoder's. */
  readonly besideDecoder: boolean;
  /** Takes a voice in, so that the next utterance in it begins at once. */
  takeIn(recording: Uint8Array, seed: number, signal: AbortSignal): Promise<void>;
  /**
   * One utterance: sound as soon as there are enough tokens for a piece.
   *
   *     in   codes    25 a second, below the codebook's size
   *     out  samples  float32, 24 kHz
   */
  speak(
    recording: Uint8Array,
    codes: AsyncIterable<number>,
    settings: SpeechSettings,
    signal: AbortSignal,
  ): AsyncGenerator<Float32Array>;
  release(): Promise<void>;
}
