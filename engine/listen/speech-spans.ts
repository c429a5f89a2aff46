import { frameMs } from './voice-activity.ts';

/** A stretch of speech, in seconds from the start. */
export interface SpeechSpan {
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/** Speech starts at the higher and ends below the lower probability. */
const onset = 0.5;
const release = 0.35;
/** Gaps inside a sentence that do not end it. */
const bridgedGapMs = 300;
/** Shorter sounds are clicks and breaths. */
const shortestSpeechMs = 90;

/** Whether each new frame is speech, with the hysteresis of one live stream. */
export class SpeechGate {
  #open = false;

  push(probability: number): boolean {
    this.#open = probability >= (this.#open ? release : onset);
    return this.#open;
  }
}

/** The stretches of speech in a stream of probabilities, one per 32 ms. */
export function speechSpans(probabilities: readonly number[]): SpeechSpan[] {
  const gate = new SpeechGate();
  const spans: { from: number; to: number; speechFrames: number }[] = [];
  probabilities.forEach((probability, frame) => {
    if (!gate.push(probability)) return;
    const last = spans.at(-1);
    if (last && (frame - last.to) * frameMs <= bridgedGapMs) {
      last.to = frame + 1;
      last.speechFrames += 1;
    } else {
      spans.push({ from: frame, to: frame + 1, speechFrames: 1 });
    }
  });
  return spans
    .filter(({ speechFrames }) => speechFrames * frameMs >= shortestSpeechMs)
    .map(({ from, to }) => ({ startSeconds: (from * frameMs) / 1000, endSeconds: (to * frameMs) / 1000 }));
}

export function totalSeconds(spans: readonly SpeechSpan[]): number {
  return spans.reduce((sum, span) => sum + span.endSeconds - span.startSeconds, 0);
}
