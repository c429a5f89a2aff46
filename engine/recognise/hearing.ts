import type { SpeechSpan } from '../listen/speech-spans.ts';
import type { PhonePath } from './phone-path.ts';
import type { TagShares } from './tag-reading.ts';

/** Speech as it comes to the recogniser: 16 kHz mono, and where the voice detector heard someone. */
export interface Speech {
  readonly samples: Float32Array;
  readonly spans: readonly SpeechSpan[];
}

/** A sentence with all its scores, natural logarithms. */
export interface ScoredSentence {
  readonly words: readonly string[];
  readonly acoustic: number;
  readonly language: number;
  /** The decoder's log-probability; 0 where it was not asked. */
  readonly decoder: number;
  readonly inGrammar: boolean;
  /** Weighted sum of all. */
  readonly score: number;
}

/** What was heard in one utterance. */
export interface Hearing {
  /** False for silence, noise and music: then there are no words. */
  readonly isSpeech: boolean;
  readonly transcript: string;
  /** Best first; empty when the utterance was long or no speech. */
  readonly sentences: readonly ScoredSentence[];
  readonly wordConfidences: readonly number[];
  readonly phonePath: PhonePath;
  readonly tagShares: TagShares;
  /** Audio rows for the decoder, float32 [row, hidden]; undefined for long utterances and for no speech. */
  readonly audioRows: Float32Array | undefined;
  /** Milliseconds by step. */
  readonly timings: Readonly<Record<string, number>>;
}
