import { writeSoundFile, type MonoSound } from '../../assistant/sound-file.ts';
import { exitCodes, runWithAssistant } from '../command-runtime.ts';
import { joinSounds } from '../join-sounds.ts';
import { playSound } from '../play-sound.ts';
import { readStandardInput } from '../standard-input.ts';

export interface SayOptions {
  readonly json: boolean;
  readonly out?: string;
  readonly voice?: string;
  readonly rate?: number;
}

/** `sotto say`: a text aloud, or into a file. `-` reads the text from standard input. */
export function say(text: string, options: SayOptions): Promise<void> {
  return runWithAssistant({ loadModel: false }, async (running, signal) => {
    const spoken = text === '-' ? await readStandardInput() : text;
    const pieces: MonoSound[] = [];
    const request = {
      text: spoken,
      ...(options.voice ? { voiceId: options.voice } : {}),
      ...(options.rate ? { speakingRate: options.rate } : {}),
    };
    for await (const piece of running.say(request, signal)) pieces.push(piece);
    const sound = joinSounds(pieces);
    if (!sound) return exitCodes.ok;
    if (options.out) await writeSoundFile(options.out, sound);
    else await playSound(sound, signal);
    if (options.json) {
      const seconds = sound.samples.length / sound.sampleRate;
      process.stdout.write(
        `${JSON.stringify({ text: spoken, out: options.out ?? null, seconds, sampleRate: sound.sampleRate })}\n`,
      );
    }
    return exitCodes.ok;
  });
}
