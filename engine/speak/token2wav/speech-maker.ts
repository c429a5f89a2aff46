/** Sound comes at this rate. */
export const SPOKEN_SAMPLE_RATE = 24_000;
/** Speech tokens a second. */
export const SPEECH_TOKENS_PER_SECOND = 25;

/** New tokens of an utterance's first pieces; those after them bring a second of sound each. */
export const FIRST_PIECES = [10, 15] as const;
export const TOKENS_PER_PIECE = 25;
/** The last bit of a piece waits for the next one to be faded into it. */
const WAITING_SECONDS = 0.16;
/** How long the sound of each piece is, in order; all after the last have its length. */
export const PIECE_SECONDS: readonly number[] = [...FIRST_PIECES, TOKENS_PER_PIECE].map(
  (tokens, index) => tokens / SPEECH_TOKENS_PER_SECOND - (index === 0 ? WAITING_SECONDS : 0),
);

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
