import type { SetSpeakingRateResult } from '../tools/voice/set-speaking-rate.ts';
import type { SetVolumeResult } from '../tools/voice/set-volume.ts';
import type { TimbreResult } from '../tools/voice/timbre-rag.ts';
import { pick } from './pick.ts';
import type { ToolWordings } from './tool-wording.ts';

export const voiceWordings: ToolWordings = {
  set_volume: ({ result, intent }, context) => {
    const { percent, before, muted } = result as SetVolumeResult;
    if (muted) return 'My voice is muted. Say unmute to hear me again.';
    if (percent === before) {
      if (percent === 100) return "I'm as loud as I can be.";
      return intent === 'volume_unmute' ? "I'm not muted." : `My volume is at ${percent} percent already.`;
    }
    return pick([`My volume is at ${percent} percent.`, `Okay, ${percent} percent.`], context);
  },
  set_speaking_rate: ({ result }, context) => {
    const { rate, before } = result as SetSpeakingRateResult;
    if (rate === before) {
      if (rate === 1) return 'I speak at my normal speed already.';
      return rate > 1 ? "I can't speak any faster." : "I can't speak any slower.";
    }
    if (rate === 1) return 'Back to my normal speed.';
    return rate > before
      ? pick(["I'll speak faster.", 'Okay, a bit faster.', 'Speeding up.'], context)
      : pick(["I'll speak more slowly.", 'Okay, slower.', "I'll take my time."], context);
  },
  timbre_rag: ({ result }, context) => {
    const { changed, voice, notFound, spokenBy } = result as TimbreResult;
    if (notFound !== undefined) return `I have no voice like that. I'm still ${voice.name}.`;
    if (!changed) return `That's the voice I have now: ${voice.name}.`;
    if (spokenBy) {
      return `This model can't take on the recording of ${voice.name}, so ${spokenBy} speaks, the nearest of its own voices.`;
    }
    return pick(
      [
        `Hello, I'm ${voice.name}. How do I sound?`,
        `This is ${voice.name} speaking.`,
        `Now I sound like this. My name is ${voice.name}.`,
      ],
      context,
    );
  },
};
