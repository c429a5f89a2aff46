import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path/posix';
import type { SpeakRequest, SpokenAudio, SpokenVoice } from '../../contract/engine-contract.ts';
import { UserError } from '../../contract/user-errors.ts';
import { parseFlowConfig } from '../convert/flow-config.ts';
import { readManifest } from '../convert/model-package.ts';
import { readWav, type WavAudio } from '../listen/wav-file.ts';
import type { SessionSettings } from '../onnx/session.ts';
import { SeededFlowNoise } from '../speak/token2wav/flow-noise.ts';
import type { VoicePrompt } from '../speak/token2wav/mel-stream.ts';
import { TokenToWave } from '../speak/token2wav/token-to-wave.ts';
import { VoiceMaker } from '../speak/token2wav/voice-prompt.ts';
import type { TokenVoice } from './token-voice.ts';

const flowSteps = 10;
const noiseSeed = 1;
/** Read by a light voice to be imitated, some seven seconds. */
const sampleText =
  'The kettle is on, the window stands open, and the evening is quiet. Tell me what you would like to know, and I will look for it.';
const longestPromptSeconds = 10;

type SayWords = (request: SpeakRequest, signal: AbortSignal) => AsyncIterable<SpokenAudio>;

/** The speaking half of a converted package, in the timbre of one of the light voices. */
export class PackageVoice implements TokenVoice {
  readonly sampleRate = 24_000;
  readonly samplesPerToken = 960;
  readonly #tokenToWave: TokenToWave;
  readonly #maker: VoiceMaker;
  readonly #sayWords: SayWords;
  readonly #prompts = new Map<string, Promise<VoicePrompt>>();

  private constructor(tokenToWave: TokenToWave, maker: VoiceMaker, sayWords: SayWords) {
    this.#tokenToWave = tokenToWave;
    this.#maker = maker;
    this.#sayWords = sayWords;
  }

  /** @throws UserError model-missing, model-damaged, model-incompatible */
  static async open(
    packageFolder: string,
    session: SessionSettings,
    sayWords: SayWords,
  ): Promise<PackageVoice> {
    const { speech } = readManifest(packageFolder);
    if (!speech)
      throw new UserError('model-incompatible', { file: packageFolder, reason: 'it has no voice' });
    const folder = join(packageFolder, dirname(speech.flowConfig));
    const configFile = join(packageFolder, speech.flowConfig);
    const bands = parseFlowConfig(readFileSync(configFile, 'utf8'), configFile).output_size;
    const tokenToWave = await TokenToWave.open(folder, session, {
      steps: flowSteps,
      noise: new SeededFlowNoise(noiseSeed, bands),
      excitationNoise: undefined,
    });
    return new PackageVoice(tokenToWave, await VoiceMaker.open(folder, session, bands), sayWords);
  }

  async *stream(
    codes: AsyncIterable<number>,
    voice: SpokenVoice,
    signal: AbortSignal,
  ): AsyncGenerator<Float32Array> {
    const prompt = await this.#prompt(voice, signal);
    signal.throwIfAborted();
    yield* this.#tokenToWave.stream(prompt, codes, signal);
  }

  async release(): Promise<void> {
    await this.#tokenToWave.release();
    await this.#maker.release();
  }

  /** Made once for each voice, unless that failed. */
  #prompt(voice: SpokenVoice, signal: AbortSignal): Promise<VoicePrompt> {
    const name = voice.recording ?? voice.voiceId;
    const known = this.#prompts.get(name);
    if (known) return known;
    const made = this.#recording(voice, signal).then((recording) => this.#maker.make(recording, signal));
    this.#prompts.set(name, made);
    made.catch(() => this.#prompts.delete(name));
    return made;
  }

  async #recording({ voiceId, recording }: SpokenVoice, signal: AbortSignal): Promise<WavAudio> {
    if (recording !== undefined) return readWav(await readFile(recording));
    const pieces: Float32Array[] = [];
    let sampleRate = 0;
    const request = { text: sampleText, voiceId, speakingRate: 1, pitchSemitones: 0, volume: 1 };
    for await (const spoken of this.#sayWords(request, signal)) {
      pieces.push(spoken.samples);
      sampleRate = spoken.sampleRate;
    }
    const samples = Float32Array.from(pieces.flatMap((piece) => [...piece]));
    return { sampleRate, channels: [samples.subarray(0, longestPromptSeconds * sampleRate)] };
  }
}
