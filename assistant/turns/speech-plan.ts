import type { ModelDescription, SpeechSpeeds } from '../../contract/engine-contract.ts';
import type { Settings } from '../../contract/settings.ts';
import type { Failure } from '../../contract/turn-events.ts';
import type { ModelHost } from '../models/model-host.ts';

/**
 * How replies become sound: by the model itself as it writes them, by the model after a wait that is as long as it
 * must be and a reply that is kept short, or by the light voice.
 */
export type SpeechPlan = 'in-time' | 'buffered' | 'light-voice';

/** Sound that is made this much faster than it is heard needs no wait. */
const IN_TIME = 1;
/** Slower than this, the wait would be longer than the reply. */
const WORTH_WAITING_FOR = 0.5;
export const LONGEST_BUFFERED_SECONDS = 12;

export function speechPlan(
  model: Pick<ModelDescription, 'speaks'>,
  speeds: SpeechSpeeds | undefined,
  { speech }: Pick<Settings, 'speech'>,
): SpeechPlan {
  if (model.speaks !== 'token2wav') return 'light-voice';
  if (!speeds || speeds.speechPerSecond >= IN_TIME) return 'in-time';
  if (speech.slowModel !== 'automatic') return speech.slowModel;
  return speeds.speechPerSecond >= WORTH_WAITING_FOR ? 'buffered' : 'light-voice';
}

/** Says so, with figures, when the loaded model cannot speak as fast as one listens. */
export function slowSpeechNotices({ present }: ModelHost, settings: Settings): Failure[] {
  const plan = present && speechPlan(present.model, present.speeds, settings);
  if (!present?.speeds || !plan || plan === 'in-time' || present.model.speaks !== 'token2wav') return [];
  const { stepsPerSecond, soundSecondsPerSecond } = present.speeds;
  const details = {
    stepsPerSecond: rounded(stepsPerSecond),
    soundSeconds: rounded(soundSecondsPerSecond),
    speech: plan,
  };
  return [{ code: 'speech-slow', details }];
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
