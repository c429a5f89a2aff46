import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../../contract/user-errors.ts';
import { parseFlowConfig } from '../../convert/flow-config.ts';
import { readWav } from '../../listen/wav-file.ts';
import type { SessionSettings } from '../../onnx/session.ts';
import { Random } from '../../reason/random.ts';
import type { ExcitationNoise } from './excitation.ts';
import { gaussians, SeededFlowNoise } from './flow-noise.ts';
import type { MelStream, VoicePrompt } from './mel-stream.ts';
import { FIRST_PIECES, type SpeechMaker, type SpeechSettings } from './speech-maker.ts';
import { TimeStretch } from './time-stretch.ts';
import { TokenToWave } from './token-to-wave.ts';
import { VoiceMaker } from './voice-prompt.ts';
import { readVoicePrompt, writeVoicePrompt } from './voice-prompt-file.ts';

/** Steps of the flow; what the models were trained with. */
const FLOW_STEPS = 10;
/** More of a recording costs memory with every frame that is spoken, and tells little more about the voice. */
const RECORDING_SECONDS = 8;
const SHORTEST_RECORDING_SECONDS = 1;

export interface OwnVoiceOptions {
  /** Holds the graphs from speech tokens to sound and from a recording to a voice. */
  readonly folder: string;
  readonly session: SessionSettings;
  /** Where voices are kept once they have been made. Absent: they are made again after every start. */
  readonly voicesFolder?: string;
  /** Tells voices of different checkpoints apart. */
  readonly checkpointId: string;
  readonly flowSteps?: number;
}

interface TakenIn {
  readonly key: string;
  readonly stream: Promise<MelStream>;
}

/** Speech tokens to sound in this thread. The voice spoken last is kept ready. */
export class OwnVoice implements SpeechMaker {
  readonly besideDecoder = false;
  readonly #options: OwnVoiceOptions;
  readonly #speaker: TokenToWave;
  readonly #melBands: number;
  #takenIn: TakenIn | undefined;

  private constructor(options: OwnVoiceOptions, speaker: TokenToWave, melBands: number) {
    this.#options = options;
    this.#speaker = speaker;
    this.#melBands = melBands;
  }

  static async open(options: OwnVoiceOptions): Promise<OwnVoice> {
    const { folder, session, flowSteps: steps = FLOW_STEPS } = options;
    const configFile = join(folder, 'flow.yaml');
    const { output_size: bands } = parseFlowConfig(readFileSync(configFile, 'utf8'), configFile);
    const settings = { steps, noise: new SeededFlowNoise(0, bands), excitationNoise: undefined };
    return new OwnVoice(options, await TokenToWave.open(folder, session, settings), bands);
  }

  async takeIn(recording: Uint8Array, seed: number, signal: AbortSignal): Promise<void> {
    await this.#ready(recording, seed, signal);
  }

  async *speak(
    recording: Uint8Array,
    codes: AsyncIterable<number>,
    { speakingRate, seed }: SpeechSettings,
    signal: AbortSignal,
  ): AsyncGenerator<Float32Array> {
    const ready = await this.#ready(recording, seed, signal);
    const settings = { firstPieces: FIRST_PIECES, excitationNoise: seededNoise(seed) };
    const stretch = new TimeStretch(speakingRate);
    for await (const samples of this.#speaker.streamFrom(ready.fork(), codes, settings, signal)) {
      const stretched = stretch.push(samples);
      if (stretched.length > 0) yield withinFullScale(stretched);
    }
    const rest = stretch.finish();
    if (rest.length > 0) yield withinFullScale(rest);
  }

  async release(): Promise<void> {
    this.#takenIn = undefined;
    await this.#speaker.release();
  }

  #ready(recording: Uint8Array, seed: number, signal: AbortSignal): Promise<MelStream> {
    const key = `${this.#promptKey(recording)}-${seed}`;
    if (this.#takenIn?.key === key) return this.#takenIn.stream;
    const stream = (async () => {
      const voice = await this.#voice(recording, signal);
      return this.#speaker.takeIn(voice, new SeededFlowNoise(seed, this.#melBands), signal);
    })();
    const takenIn = { key, stream };
    this.#takenIn = takenIn;
    stream.catch(() => {
      if (this.#takenIn === takenIn) this.#takenIn = undefined;
    });
    return stream;
  }

  /** From the folder of voices, else made; the graphs for that are large and only opened while they are needed. */
  async #voice(recording: Uint8Array, signal: AbortSignal): Promise<VoicePrompt> {
    const { folder, session, voicesFolder } = this.#options;
    const key = this.#promptKey(recording);
    const known = voicesFolder && readVoicePrompt(voicesFolder, key);
    if (known) return known;
    const audio = readWav(recording);
    const seconds = (audio.channels[0]?.length ?? 0) / audio.sampleRate;
    if (seconds < SHORTEST_RECORDING_SECONDS) throw new UserError('audio-too-short', { seconds });
    const maker = await VoiceMaker.open(folder, session, this.#melBands);
    try {
      const channels = audio.channels.map((channel) =>
        channel.subarray(0, RECORDING_SECONDS * audio.sampleRate),
      );
      const voice = await maker.make({ ...audio, channels }, signal);
      if (voicesFolder) writeVoicePrompt(voicesFolder, key, voice);
      return voice;
    } finally {
      await maker.release();
    }
  }

  #promptKey(recording: Uint8Array): string {
    return createHash('sha256').update(this.#options.checkpointId).update(recording).digest('hex');
  }
}

/** The rough part of a voice, drawn anew for each utterance from the same seed. */
function seededNoise(seed: number): ExcitationNoise {
  const random = new Random(seed);
  return (samples, harmonics) => gaussians(random, samples * harmonics);
}

/** Where two pieces are faded into each other, a loud sound can add up to more. */
function withinFullScale(samples: Float32Array): Float32Array {
  return samples.map((sample) => Math.max(-1, Math.min(1, sample)));
}
