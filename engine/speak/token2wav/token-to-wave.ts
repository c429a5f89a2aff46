import { type FlowGraphs, openFlowGraphs, releaseFlowGraphs } from './flow-graphs.ts';
import { melOfTokens, MelStream, type FlowSettings, type VoicePrompt } from './mel-stream.ts';
import { TOKENS_PER_PIECE } from './speech-maker.ts';
import { SpeechTokenBuffer, type TokenPiece } from './speech-token-buffer.ts';
import { Vocoder } from './vocoder.ts';
import { WaveStream } from './wave-stream.ts';
import type { ExcitationNoise } from './excitation.ts';
import type { FlowNoise } from './flow-noise.ts';
import type { SessionSettings } from '../../onnx/session.ts';

export interface TokenToWaveSettings extends FlowSettings {
  readonly excitationNoise: ExcitationNoise;
}

export interface UtteranceSettings {
  /** New tokens of the first pieces: a small one is heard sooner. */
  readonly firstPieces?: readonly number[];
  readonly excitationNoise?: ExcitationNoise;
}

/**
 * Speech tokens to sound in a voice.
 *
 *     in   speech tokens, 25 a second, below the codebook's size
 *     out  float32 samples, 24 kHz, 960 a token
 */
export class TokenToWave {
  readonly #graphs: FlowGraphs;
  readonly #vocoder: Vocoder;
  readonly #settings: TokenToWaveSettings;

  constructor(graphs: FlowGraphs, vocoder: Vocoder, settings: TokenToWaveSettings) {
    this.#graphs = graphs;
    this.#vocoder = vocoder;
    this.#settings = settings;
  }

  static async open(
    folder: string,
    session: SessionSettings,
    settings: TokenToWaveSettings,
  ): Promise<TokenToWave> {
    const graphs = await openFlowGraphs(folder, session);
    return new TokenToWave(graphs, await Vocoder.open(folder, session, settings.excitationNoise), settings);
  }

  async speak(voice: VoicePrompt, tokens: readonly number[], signal: AbortSignal): Promise<Float32Array> {
    const mel = await melOfTokens(this.#graphs, voice, tokens, this.#settings, signal);
    return (await this.#vocoder.vocode(mel, new Float32Array(), signal)).samples;
  }

  /** A stream that has taken the voice in and said nothing yet; utterances begin with forks of it. */
  takeIn(voice: VoicePrompt, noise: FlowNoise, signal: AbortSignal): Promise<MelStream> {
    return MelStream.open(this.#graphs, voice, { ...this.#settings, noise }, signal);
  }

  /** Sound as soon as a piece's tokens are there; the samples of all pieces are one utterance. */
  async *stream(
    voice: VoicePrompt,
    tokens: AsyncIterable<number> | Iterable<number>,
    signal: AbortSignal,
  ): AsyncGenerator<Float32Array> {
    const melStream = await MelStream.open(this.#graphs, voice, this.#settings, signal);
    yield* this.streamFrom(melStream, tokens, {}, signal);
  }

  /** The same from a stream that has taken a voice in, and is used up by it. */
  async *streamFrom(
    melStream: MelStream,
    tokens: AsyncIterable<number> | Iterable<number>,
    { firstPieces, excitationNoise }: UtteranceSettings,
    signal: AbortSignal,
  ): AsyncGenerator<Float32Array> {
    const waveStream = new WaveStream(this.#vocoder, excitationNoise);
    const buffer = new SpeechTokenBuffer(melStream.lookAhead, TOKENS_PER_PIECE, firstPieces);
    const speakPiece = async (piece: TokenPiece) => {
      const mel = await melStream.push(piece.tokens, piece.isLast, signal);
      return waveStream.push(mel, piece.isLast, signal);
    };
    for await (const token of tokens) {
      const piece = buffer.push(token);
      if (piece) yield await speakPiece(piece);
    }
    const rest = buffer.finish();
    if (rest) yield await speakPiece(rest);
  }

  async release(): Promise<void> {
    await releaseFlowGraphs(this.#graphs);
    await this.#vocoder.release();
  }
}
