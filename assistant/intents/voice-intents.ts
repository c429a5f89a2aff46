import { parsePercentLevel } from '../spoken-values/percent-level.ts';
import { ask, call, type IntentHandlers } from './intent-handler.ts';

const VOLUME_STEP_PERCENT = 15;
const FASTER = 1.2;

export const voiceIntents: IntentHandlers = {
  volume_up: ({ transcript }) => call('set_volume', { change: VOLUME_STEP_PERCENT * strength(transcript) }),
  volume_down: ({ transcript }) =>
    call('set_volume', { change: -VOLUME_STEP_PERCENT * strength(transcript) }),
  volume_mute: () => call('set_volume', { muted: true }),
  volume_unmute: () => call('set_volume', { muted: false }),
  volume_set: ({ slots }) => {
    const percent = slots.level === undefined ? undefined : parsePercentLevel(slots.level);
    return percent === undefined
      ? ask('To what percentage, from zero to a hundred?')
      : call('set_volume', { percent });
  },
  speak_faster: ({ transcript }) => call('set_speaking_rate', { factor: FASTER ** strength(transcript) }),
  speak_slower: ({ transcript }) => call('set_speaking_rate', { factor: FASTER ** -strength(transcript) }),
  speak_normal: () => call('set_speaking_rate', { rate: 1 }),
  switch_voice: ({ slots }) => call('timbre_rag', { query: slots.query }),
};

/** "a bit" is half a step, "much" two. */
function strength(transcript: string): number {
  if (/\b(a bit|a little|slightly)\b/.test(transcript)) return 0.5;
  return /\b(much|a lot|way|even)\b/.test(transcript) ? 2 : 1;
}
