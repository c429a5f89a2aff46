import { join } from 'node:path';
import { logMel } from '../../listen/log-mel.ts';
import { resample } from '../../listen/resampler.ts';
import type { WavAudio } from '../../listen/wav-file.ts';
import { openSession, Tensor, type OnnxSession, type SessionSettings } from '../../onnx/session.ts';
import type { VoicePrompt } from './mel-stream.ts';
import { fitFrames, promptMel, PROMPT_SAMPLE_RATE } from './prompt-mel.ts';
import { FBANK_BANDS, speakerFbank, withoutMean } from './speaker-fbank.ts';

const LISTENING_RATE = 16_000;
const LONGEST_SECONDS = 30;

/** Makes voices out of recordings, with the two graphs that the checkpoints bring. */
export class VoiceMaker {
  readonly #speechTokenizer: OnnxSession;
  readonly #speakerModel: OnnxSession;
  readonly #melBands: number;

  constructor(speechTokenizer: OnnxSession, speakerModel: OnnxSession, melBands: number) {
    this.#speechTokenizer = speechTokenizer;
    this.#speakerModel = speakerModel;
    this.#melBands = melBands;
  }

  /** `folder` holds `speech_tokenizer_v2_25hz.onnx` and `campplus.onnx`. */
  static async open(folder: string, settings: SessionSettings, melBands: number): Promise<VoiceMaker> {
    const tokenizer = await openSession(join(folder, 'speech_tokenizer_v2_25hz.onnx'), settings);
    return new VoiceMaker(tokenizer, await openSession(join(folder, 'campplus.onnx'), settings), melBands);
  }

  /** The first 30 s of a recording. Its first channel is listened to; the mel is of all channels together. */
  async make(recording: WavAudio, signal: AbortSignal): Promise<VoicePrompt> {
    const channels = recording.channels.map((channel) =>
      channel.subarray(0, LONGEST_SECONDS * recording.sampleRate),
    );
    const heard = resample(channels[0]!, recording.sampleRate, LISTENING_RATE);
    const tokens = await this.#speechTokens(heard, signal);
    const mel = promptMel(
      resample(meanOf(channels), recording.sampleRate, PROMPT_SAMPLE_RATE),
      this.#melBands,
    );
    return {
      tokens,
      mel: fitFrames(mel, 2 * tokens.length),
      embedding: await this.#embedding(heard, signal),
    };
  }

  async release(): Promise<void> {
    await Promise.all([this.#speechTokenizer.release(), this.#speakerModel.release()]);
  }

  /** Inputs and outputs are taken by position: their names differ between exports. */
  async #speechTokens(samples: Float32Array, signal: AbortSignal): Promise<number[]> {
    signal.throwIfAborted();
    const { bands, frames, values } = logMel(samples, { padSamples: 0 });
    const [mel, length] = this.#speechTokenizer.inputNames as [string, string];
    const results = await this.#speechTokenizer.run({
      [mel]: new Tensor('float32', values, [1, bands, frames]),
      [length]: new Tensor('int32', Int32Array.of(frames), [1]),
    });
    const codes = results[this.#speechTokenizer.outputNames[0]!]!.data as Int32Array | BigInt64Array;
    return Array.from(codes, Number);
  }

  async #embedding(samples: Float32Array, signal: AbortSignal): Promise<Float32Array> {
    signal.throwIfAborted();
    const energies = withoutMean(speakerFbank(samples));
    const frames = energies.length / FBANK_BANDS;
    const [input] = this.#speakerModel.inputNames as [string];
    const results = await this.#speakerModel.run({
      [input]: new Tensor('float32', energies, [1, frames, FBANK_BANDS]),
    });
    return results[this.#speakerModel.outputNames[0]!]!.data as Float32Array;
  }
}

export function meanOf(channels: readonly Float32Array[]): Float32Array {
  const [first = new Float32Array()] = channels;
  return first.map(
    (_, index) => channels.reduce((sum, channel) => sum + channel[index]!, 0) / channels.length,
  );
}
