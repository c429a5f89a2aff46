import { Tensor } from '../../onnx/session.ts';
import { FlowEncoderStream } from './flow-encoder-stream.ts';
import type { FlowGraphs } from './flow-graphs.ts';
import type { FlowNoise } from './flow-noise.ts';
import { FlowSolver } from './flow-solver.ts';
import { joinFrames, silentFrames, sliceFrames, type MelFrames } from './mel-frames.ts';

/** A voice as the flow knows it, made from a recording. */
export interface VoicePrompt {
  /** Speech tokens of the recording, 25/s. */
  readonly tokens: readonly number[];
  /** Its mel, exactly two frames a token. */
  readonly mel: MelFrames;
  /** Its speaker embedding. */
  readonly embedding: Float32Array;
}

export interface FlowSettings {
  readonly steps: number;
  readonly noise: FlowNoise;
}

/** A whole utterance at once: speech tokens to mel in the prompt's voice. */
export async function melOfTokens(
  graphs: FlowGraphs,
  voice: VoicePrompt,
  tokens: readonly number[],
  settings: FlowSettings,
  signal: AbortSignal,
): Promise<MelFrames> {
  const mu = await new FlowEncoderStream(graphs).push([...voice.tokens, ...tokens], true, signal);
  const frames = mu.dims[1]!;
  const condition = joinFrames(voice.mel, silentFrames(voice.mel.bands, frames - voice.mel.frames));
  const guide = { mu, speaker: await speakerOf(graphs, voice), condition };
  const mel = await new FlowSolver(graphs, settings.steps).solve(
    settings.noise.columns(0, frames),
    guide,
    signal,
  );
  return sliceFrames(mel, voice.mel.frames, frames);
}

/**
 * The same piece by piece. A piece's last tokens (`lookAhead`) are only looked at and must open the next piece; the
 * last piece has none. Memory of the flow stays bounded.
 */
export class MelStream {
  readonly lookAhead: number;
  readonly #parts: MelStreamParts;

  private constructor(lookAhead: number, parts: MelStreamParts) {
    this.lookAhead = lookAhead;
    this.#parts = parts;
  }

  /** Takes the voice in: its tokens, followed by its own first ones as look-ahead, with its mel as condition. */
  static async open(
    graphs: FlowGraphs,
    voice: VoicePrompt,
    settings: FlowSettings,
    signal: AbortSignal,
  ): Promise<MelStream> {
    if (voice.mel.frames !== 2 * voice.tokens.length) {
      throw new RangeError(`${2 * voice.tokens.length} prompt frames expected, not ${voice.mel.frames}`);
    }
    const stream = new MelStream(graphs.config.encoder.pre_lookahead_len, {
      encoder: new FlowEncoderStream(graphs),
      solver: new FlowSolver(graphs, settings.steps),
      speaker: await speakerOf(graphs, voice),
      voice,
      noise: settings.noise,
    });
    await stream.#run(
      [...voice.tokens, ...voice.tokens.slice(0, stream.lookAhead)],
      false,
      voice.mel,
      signal,
    );
    return stream;
  }

  /**
   * A stream of its own that goes on from the same place. To take a voice in costs as much as to speak for as long
   * as its recording lasts: a stream that has only done that is kept, and every utterance begins with a fork of it.
   */
  fork(): MelStream {
    const { encoder, solver } = this.#parts;
    return new MelStream(this.lookAhead, { ...this.#parts, encoder: encoder.fork(), solver: solver.fork() });
  }

  async push(tokens: readonly number[], isLast: boolean, signal: AbortSignal): Promise<MelFrames> {
    const mel = await this.#run(tokens, isLast, undefined, signal);
    this.#parts.solver.trim(this.#parts.voice.mel.frames);
    return mel;
  }

  async #run(
    tokens: readonly number[],
    isLast: boolean,
    condition: MelFrames | undefined,
    signal: AbortSignal,
  ): Promise<MelFrames> {
    const { encoder, solver, speaker, voice, noise } = this.#parts;
    const mu = await encoder.push(tokens, isLast, signal);
    const frames = mu.dims[1]!;
    const guide = { mu, speaker, condition: condition ?? silentFrames(voice.mel.bands, frames) };
    return solver.solve(noise.columns(solver.cachedFrames, frames), guide, signal);
  }
}

interface MelStreamParts {
  readonly encoder: FlowEncoderStream;
  readonly solver: FlowSolver;
  /** float32 [1, 80] */
  readonly speaker: Tensor;
  readonly voice: VoicePrompt;
  readonly noise: FlowNoise;
}

async function speakerOf(graphs: FlowGraphs, voice: VoicePrompt): Promise<Tensor> {
  const embedding = new Tensor('float32', voice.embedding, [1, voice.embedding.length]);
  const { speaker } = await graphs.speakerProjection.run({ embedding });
  return speaker!;
}
