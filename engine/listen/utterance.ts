import type { AudioLevel, UtteranceSummary } from '../../contract/engine-contract.ts';
import { UserError } from '../../contract/user-errors.ts';
import type { OnnxSession } from '../onnx/session.ts';
import { StreamingResampler } from './resampler.ts';
import { SampleBuffer } from './sample-buffer.ts';
import { SpeechGate, speechSpans, totalSeconds, type SpeechSpan } from './speech-spans.ts';
import { detectorSampleRate, VoiceActivity } from './voice-activity.ts';

export const longestUtteranceSeconds = 300;
/** Shorter than the shortest word: a key that was touched, not held. */
export const shortestUtteranceMs = 150;
/** A sample from here on is taken to be cut off at full scale. */
const fullScale = 0.999;

/**
 * What a person says while the key is held: resampled to 16 kHz and watched by the voice detector as it comes,
 * so that little is left to do when the key goes up.
 */
export class Utterance {
  readonly #sampleRate: number;
  readonly #resampler: StreamingResampler;
  readonly #detector: VoiceActivity;
  readonly #gate = new SpeechGate();
  readonly #buffer = new SampleBuffer();
  readonly #probabilities: number[] = [];
  #received = 0;
  #clipped = 0;
  #hearsSpeech = false;
  /** The detector takes one piece at a time. */
  #lastPush: Promise<void> = Promise.resolve();
  #closing: Promise<UtteranceSummary> | undefined;

  constructor(sampleRate: number, detectorSession: OnnxSession) {
    if (!(sampleRate >= 1000 && sampleRate <= 768_000 && Number.isInteger(sampleRate))) {
      throw new UserError('bad-request', { field: 'sampleRate' });
    }
    this.#sampleRate = sampleRate;
    this.#resampler = new StreamingResampler(sampleRate, detectorSampleRate);
    this.#detector = new VoiceActivity(detectorSession);
  }

  /** Mono samples in [-1, 1] at the utterance's rate. */
  async push(samples: Float32Array): Promise<AudioLevel> {
    if (this.#closing) throw new UserError('bad-request', { problem: 'closed' });
    if ((this.#received + samples.length) / this.#sampleRate > longestUtteranceSeconds) {
      throw new UserError('audio-too-long', { limitSeconds: longestUtteranceSeconds });
    }
    const level = this.#measure(samples);
    const resampled = this.#resampler.push(samples.map((value) => (Number.isFinite(value) ? value : 0)));
    await this.#detect(resampled, false);
    return { level, speech: this.#hearsSpeech };
  }

  /** Ends the utterance. Closing again gives the same summary. */
  close(): Promise<UtteranceSummary> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  /** 16 kHz, mono, everything received so far. */
  get samples(): Float32Array {
    return this.#buffer.toArray();
  }

  /** Probability of speech, one per 32 ms. */
  get speechProbabilities(): readonly number[] {
    return this.#probabilities;
  }

  get speechSpans(): SpeechSpan[] {
    return speechSpans(this.#probabilities);
  }

  async #close(): Promise<UtteranceSummary> {
    await this.#detect(this.#resampler.finish(), true);
    const durationSeconds = this.#received / this.#sampleRate;
    const speechSeconds = Math.min(durationSeconds, totalSeconds(this.speechSpans));
    const tooShort = durationSeconds * 1000 < shortestUtteranceMs;
    return {
      durationSeconds,
      speechSeconds,
      verdict: tooShort ? 'too-short' : speechSeconds > 0 ? 'speech' : 'no-speech',
      clippedShare: this.#received === 0 ? 0 : this.#clipped / this.#received,
      samples: this.samples,
    };
  }

  async #detect(resampled: Float32Array, last: boolean): Promise<void> {
    this.#buffer.append(resampled);
    this.#lastPush = this.#lastPush.then(async () => {
      const probabilities = await this.#detector.push(resampled);
      if (last) probabilities.push(...(await this.#detector.finish()));
      for (const probability of probabilities) {
        this.#probabilities.push(probability);
        this.#hearsSpeech = this.#gate.push(probability);
      }
    });
    await this.#lastPush;
  }

  /** Root mean square of the block; counts it. */
  #measure(samples: Float32Array): number {
    let squares = 0;
    for (const sample of samples) {
      const magnitude = Number.isFinite(sample) ? Math.abs(sample) : 1;
      if (magnitude >= fullScale) this.#clipped += 1;
      squares += magnitude * magnitude;
    }
    this.#received += samples.length;
    return samples.length === 0 ? 0 : Math.min(1, Math.sqrt(squares / samples.length));
  }
}
