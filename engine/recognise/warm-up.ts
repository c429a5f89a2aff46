import { hearSpeech } from './hear-speech.ts';
import type { StarterParts } from './starter-parts.ts';

const SECONDS = 2;
const SAMPLE_RATE = 16_000;

/** One utterance of faint noise, so that the first question does not pay for compiling and allocating. */
export async function warmUp(parts: StarterParts, signal: AbortSignal): Promise<void> {
  const samples = Float32Array.from({ length: SECONDS * SAMPLE_RATE }, (_, at) => 0.01 * Math.sin(at * at));
  const certain = { ...parts, settings: { ...parts.settings, speechShare: 0 } };
  await hearSpeech({ samples, spans: [{ startSeconds: 0, endSeconds: SECONDS }] }, certain, signal);
}
