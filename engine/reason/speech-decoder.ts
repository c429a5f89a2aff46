import { decoderDimensions, type DecoderDimensions } from '../convert/model-config.ts';
import type { ModelPackage } from '../convert/model-package.ts';
import { relativeError } from '../convert/weight-check.ts';
import { openSafetensors } from '../convert/safetensors.ts';
import { openSession, Tensor, type OnnxSession, type SessionSettings } from '../onnx/session.ts';
import { EmbeddingTable } from './embedding-table.ts';
import { DeviceKeyValues, keepsResults, openGrowth } from './device-key-values.ts';
import { KeyValueCache, keyValueNames, type KeyValues } from './key-value-cache.ts';

/** A place in the sequence to come back to. */
export interface DecoderMark {
  readonly position: number;
  readonly logits: Float32Array;
}

/** How likely the decoder finds a continuation. */
export interface ContinuationScore {
  /** Natural log-probability of each token, given those before it. */
  readonly tokens: Float64Array;
  readonly total: number;
}

/** What decoders with the same weights share. */
interface DecoderGraph {
  readonly session: OnnxSession;
  /** Lengthens what is kept on a device; absent where the processor's memory is used. */
  readonly growth?: OnnxSession;
  /** Of those that are still held, to be released before the graph. */
  readonly memories: WeakRef<KeyValues>[];
  /** More positions than this are fed in pieces. */
  longestRun: number;
}

/** Positions that every device has computed rightly at once (see `DecoderGraph.longestRun`). */
const SHORT_RUN = 24;
/** Root mean square of the difference over that of the logits: half precision stays far below. */
const LARGEST_DIFFERENCE = 0.02;

/**
 * The language model with its memory of one sequence: fill it with a prompt, then go on token by token.
 *
 *     in   rows    float32 [n, hidden]     token embeddings and audio rows, in prompt order
 *     out  logits  float32 [vocabulary]    for the position after the last
 *
 * One run of the graph is the smallest step that can be cancelled. One caller at a time.
 */
export class SpeechDecoder {
  readonly embeddings: EmbeddingTable;
  readonly dimensions: DecoderDimensions;
  readonly #graph: DecoderGraph;
  readonly #cache: KeyValues;
  #position = 0;
  #logits: Float32Array = new Float32Array();

  private constructor(graph: DecoderGraph, embeddings: EmbeddingTable, dimensions: DecoderDimensions) {
    const { growth, memories } = graph;
    this.#graph = graph;
    this.embeddings = embeddings;
    this.dimensions = dimensions;
    this.#cache = growth ? new DeviceKeyValues(dimensions, growth) : new KeyValueCache(dimensions);
    if (growth) memories.push(new WeakRef(this.#cache));
  }

  static async open(model: ModelPackage, settings: SessionSettings): Promise<SpeechDecoder> {
    const embeddings = new EmbeddingTable(openSafetensors(model.pathOf('weights')));
    const dimensions = decoderDimensions(model.config.text_config);
    const path = model.pathOf('speechDecoder');
    if (!keepsResults(settings)) {
      const graph = { session: await openSession(path, settings), memories: [], longestRun: Infinity };
      return new SpeechDecoder(graph, embeddings, dimensions);
    }
    const session = await openSession(path, { ...settings, keptOnDevice: keptResults(dimensions) });
    try {
      const growth = await openGrowth(settings);
      const graph = { session, growth, memories: [], longestRun: Infinity };
      const decoder = new SpeechDecoder(graph, embeddings, dimensions);
      if (!(await decoder.#isSoundAtLength())) graph.longestRun = SHORT_RUN;
      return decoder;
    } catch (error) {
      await session.release();
      throw error;
    }
  }

  /** Many positions at once and few must give the same: WebGPU has other kernels for them, not all of them right. */
  async #isSoundAtLength(): Promise<boolean> {
    const never = new AbortController().signal;
    const ids = Array.from({ length: 2 * SHORT_RUN }, (_, index) => index);
    const atOnce = await this.append(ids, never);
    this.reset();
    await this.append(ids.slice(0, SHORT_RUN), never);
    const inPieces = await this.append(ids.slice(SHORT_RUN), never);
    this.reset();
    return relativeError(atOnce, inPieces) <= LARGEST_DIFFERENCE;
  }

  /** A decoder with the same weights and a memory of its own. Releasing either releases the weights. */
  another(): SpeechDecoder {
    return new SpeechDecoder(this.#graph, this.embeddings, this.dimensions);
  }

  get position(): number {
    return this.#position;
  }

  /** Positions left before the model's context is full. */
  get room(): number {
    return this.dimensions.context - this.#position;
  }

  /** Forgets the sequence. */
  reset(): void {
    this.#position = 0;
    this.#logits = new Float32Array();
  }

  mark(): DecoderMark {
    return { position: this.#position, logits: this.#logits };
  }

  /** Back to a mark made earlier in this sequence, with nothing before it changed since. */
  truncate(mark: DecoderMark): void {
    if (mark.position > this.#position) throw new RangeError(`the sequence ends at ${this.#position}`);
    this.#position = mark.position;
    this.#logits = mark.logits;
  }

  /** Keeps the first `position` positions. There are no logits until rows are appended. */
  rewind(position: number): void {
    if (position > this.#position) throw new RangeError(`the sequence ends at ${this.#position}`);
    this.#position = position;
    this.#logits = new Float32Array();
  }

  /** Takes over the sequence of another decoder with the same weights; of its own, the first `shared` positions are it. */
  async copy(other: SpeechDecoder, shared: number): Promise<void> {
    if (shared > Math.min(this.#position, other.#position)) throw new RangeError('no such position');
    await this.#cache.copy(other.#cache, shared, other.#position);
    this.#position = other.#position;
    this.#logits = other.#logits;
  }

  /** Forgets the sequence and gives its memory back; the weights stay open for others. */
  leave(): void {
    this.#cache.release();
    this.reset();
  }

  /** Appends rows; returns the logits after the last of them. */
  async prefill(rows: Float32Array, signal: AbortSignal): Promise<Float32Array> {
    const count = rows.length / this.dimensions.hidden;
    this.#logits = await this.#run(rows, [count - 1], signal);
    return this.#logits;
  }

  /** Appends tokens that are given, in one run. */
  append(ids: readonly number[], signal: AbortSignal): Promise<Float32Array> {
    return this.prefill(this.embeddings.rows(ids), signal);
  }

  step(id: number, signal: AbortSignal): Promise<Float32Array> {
    return this.append([id], signal);
  }

  /**
   * Log-probabilities of several continuations of the present sequence, which stays as it is. What a continuation
   * shares with the one before it is not computed again, so a sorted list is the cheapest.
   */
  async score(
    continuations: readonly (readonly number[])[],
    signal: AbortSignal,
  ): Promise<ContinuationScore[]> {
    const start = this.mark();
    const scores: ContinuationScore[] = [];
    let path: { ids: readonly number[]; rows: Distribution[] } = {
      ids: [],
      rows: [distribution(start.logits)],
    };
    try {
      for (const ids of continuations) {
        const shared = Math.min(sharedLength(path.ids, ids), Math.max(ids.length - 1, 0));
        const rows = path.rows.slice(0, shared + 1);
        this.#position = start.position + shared;
        const fed = ids.slice(shared, -1);
        if (fed.length > 0) rows.push(...(await this.#distributions(fed, signal)));
        const tokens = Float64Array.from(ids, (id, index) => rows[index]!.logits[id]! - rows[index]!.logSum);
        scores.push({ tokens, total: tokens.reduce((sum, value) => sum + value, 0) });
        path = { ids: ids.slice(0, -1), rows };
      }
    } finally {
      this.#position = start.position;
    }
    return scores;
  }

  async release(): Promise<void> {
    this.embeddings.release();
    const { session, growth, memories } = this.#graph;
    for (const memory of memories) memory.deref()?.release();
    await session.release();
    await growth?.release();
  }

  async #distributions(ids: readonly number[], signal: AbortSignal): Promise<Distribution[]> {
    const every = Array.from(ids.keys());
    const logits = await this.#run(this.embeddings.rows(ids), every, signal);
    const { vocabulary } = this.dimensions;
    return every.map((row) => distribution(logits.subarray(row * vocabulary, (row + 1) * vocabulary)));
  }

  /** Runs the next positions; returns logits of the wanted `rows` of them, one after the other. */
  async #run(embeddings: Float32Array, rows: readonly number[], signal: AbortSignal): Promise<Float32Array> {
    signal.throwIfAborted();
    const count = embeddings.length / this.dimensions.hidden;
    if (!Number.isInteger(count) || count < 1)
      throw new RangeError(`rows of ${this.dimensions.hidden} expected`);
    const length = this.#position + count;
    if (length > this.dimensions.context)
      throw new RangeError(`the context holds ${this.dimensions.context} positions`);
    if (count > this.#graph.longestRun) return this.#runInPieces(embeddings, rows, signal);
    await this.#cache.reserve(length, this.#position);
    const { past, present } = this.#cache.bindings();
    const feeds = {
      embeddings: new Tensor('float32', embeddings, [1, count, this.dimensions.hidden]),
      last_position: new Tensor('int32', Int32Array.of(length - 1), [1]),
      sequence_length: new Tensor('int32', Int32Array.of(length), []),
      rows: new Tensor('int64', BigInt64Array.from(rows, BigInt), [rows.length]),
      ...past,
    };
    const results = await this.#graph.session.run(feeds, { logits: null, ...present });
    this.#cache.take(results);
    this.#position = length;
    return results['logits']!.data as Float32Array;
  }

  /** As one run: interrupted, it has not happened. */
  async #runInPieces(
    embeddings: Float32Array,
    rows: readonly number[],
    signal: AbortSignal,
  ): Promise<Float32Array> {
    const { hidden, vocabulary } = this.dimensions;
    const { longestRun } = this.#graph;
    const start = this.#position;
    const logits = new Float32Array(rows.length * vocabulary);
    let filled = 0;
    try {
      for (let first = 0; first * hidden < embeddings.length; first += longestRun) {
        const piece = embeddings.subarray(first * hidden, (first + longestRun) * hidden);
        const wanted = rows.filter((row) => row >= first && row < first + longestRun);
        const found = await this.#run(
          piece,
          wanted.map((row) => row - first),
          signal,
        );
        logits.set(found, filled);
        filled += found.length;
      }
    } catch (error) {
      this.#position = start;
      throw error;
    }
    return logits;
  }
}

function keptResults(dimensions: DecoderDimensions): string[] {
  return keyValueNames(dimensions).map((name) => `present_${name}`);
}

interface Distribution {
  readonly logits: Float32Array;
  /** Log of the sum of the exponentials. */
  readonly logSum: number;
}

function distribution(logits: Float32Array): Distribution {
  let largest = -Infinity;
  for (const value of logits) if (value > largest) largest = value;
  let sum = 0;
  for (const value of logits) sum += Math.exp(value - largest);
  return { logits, logSum: largest + Math.log(sum) };
}

function sharedLength(a: readonly number[], b: readonly number[]): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length++;
  return length;
}
