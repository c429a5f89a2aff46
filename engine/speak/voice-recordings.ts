import { readFileSync } from 'node:fs';
import type { SpokenVoice } from '../../contract/engine-contract.ts';
import { UserError } from '../../contract/user-errors.ts';
import { writeWav } from '../listen/wav-file.ts';
import { lightVoiceSampleRate, type LightVoice } from './light-voice.ts';

/** About eight seconds with most sounds of English, in whole sentences. */
const SPOKEN_SAMPLE =
  'The sun had just come up over the hills, and a light wind was moving the leaves. ' +
  'I opened the window, made some tea, and listened to the birds for a while.';

/**
 * What a voice sounds like, as the bytes of a WAV file: its recording, or where there is none a light voice that
 * reads a few sentences.
 */
export class VoiceRecordings {
  readonly #lightVoice: () => Promise<LightVoice>;
  readonly #spoken = new Map<string, Uint8Array>();

  constructor(lightVoice: () => Promise<LightVoice>) {
    this.#lightVoice = lightVoice;
  }

  /** @throws UserError voice-missing */
  async of(voice: SpokenVoice, signal: AbortSignal): Promise<Uint8Array> {
    if (voice.recording !== undefined) return readRecording(voice.recording, voice.voiceId);
    const known = this.#spoken.get(voice.voiceId);
    if (known) return known;
    const light = await this.#lightVoice();
    const request = {
      text: SPOKEN_SAMPLE,
      voiceId: voice.voiceId,
      speakingRate: 1,
      pitchSemitones: 0,
      volume: 1,
    };
    const pieces: number[] = [];
    for await (const { samples } of light.speak(request, signal)) pieces.push(...samples);
    const bytes = writeWav(Float32Array.from(pieces), lightVoiceSampleRate);
    this.#spoken.set(voice.voiceId, bytes);
    return bytes;
  }
}

function readRecording(path: string, voiceId: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new UserError('voice-missing', { voiceId, path }, { cause });
  }
}
