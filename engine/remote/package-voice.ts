import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { SpeakRequest, SpokenAudio, SpokenVoice } from '../../contract/engine-contract.ts';
import { UserError } from '../../contract/user-errors.ts';
import { readManifest } from '../convert/model-package.ts';
import { writeWav } from '../listen/wav-file.ts';
import type { SessionSettings } from '../onnx/session.ts';
import { OwnVoice } from '../speak/token2wav/own-voice.ts';
import { SPOKEN_SAMPLE_RATE, type SpeechMaker } from '../speak/token2wav/speech-maker.ts';
import type { TokenVoice, TokenVoiceSettings } from './token-voice.ts';

const noiseSeed = 0;
/** Read by a light voice to be imitated, some eight seconds. */
const sampleText =
  'The kettle is on, the window stands open, and the evening is quiet. Tell me what you would like to know, and I will look for it.';

type SayWords = (request: SpeakRequest, signal: AbortSignal) => AsyncIterable<SpokenAudio>;

/** The speaking half of a converted package, in the timbre of a recording or of one of the light voices. */
export class PackageVoice implements TokenVoice {
  readonly sampleRate = SPOKEN_SAMPLE_RATE;
  readonly #maker: SpeechMaker;
  readonly #sayWords: SayWords;
  readonly #recordings = new Map<string, Promise<Uint8Array>>();

  constructor(maker: SpeechMaker, sayWords: SayWords) {
    this.#maker = maker;
    this.#sayWords = sayWords;
  }

  /** @throws UserError model-missing, model-damaged, model-incompatible */
  static async open(
    packageFolder: string,
    session: SessionSettings,
    sayWords: SayWords,
  ): Promise<PackageVoice> {
    const { id, version, speech } = readManifest(packageFolder);
    if (!speech)
      throw new UserError('model-incompatible', { file: packageFolder, reason: 'it has no voice' });
    const folder = join(packageFolder, dirname(speech.flowConfig));
    const maker = await OwnVoice.open({ folder, session, checkpointId: `${id} ${version}` });
    return new PackageVoice(maker, sayWords);
  }

  async *stream(
    codes: AsyncIterable<number>,
    { speakingRate = 1, ...voice }: TokenVoiceSettings,
    signal: AbortSignal,
  ): AsyncGenerator<Float32Array> {
    const recording = await this.#recording(voice, signal);
    signal.throwIfAborted();
    yield* this.#maker.speak(recording, codes, { speakingRate, seed: noiseSeed }, signal);
  }

  async release(): Promise<void> {
    await this.#maker.release();
  }

  /** What is imitated: read once for each voice, unless that failed. */
  #recording({ voiceId, recording }: SpokenVoice, signal: AbortSignal): Promise<Uint8Array> {
    const name = recording ?? voiceId;
    const known = this.#recordings.get(name);
    if (known) return known;
    const read = recording === undefined ? this.#readAloud(voiceId, signal) : readFile(recording);
    this.#recordings.set(name, read);
    read.catch(() => this.#recordings.delete(name));
    return read;
  }

  async #readAloud(voiceId: string, signal: AbortSignal): Promise<Uint8Array> {
    const pieces: number[] = [];
    let sampleRate = 0;
    const request = { text: sampleText, voiceId, speakingRate: 1, pitchSemitones: 0, volume: 1 };
    for await (const spoken of this.#sayWords(request, signal)) {
      for (const sample of spoken.samples) pieces.push(sample);
      sampleRate = spoken.sampleRate;
    }
    return writeWav(Float32Array.from(pieces), sampleRate);
  }
}
