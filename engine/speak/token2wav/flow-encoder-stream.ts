import { Tensor, type Tensors } from '../../onnx/session.ts';
import { zeros, type FlowGraphs } from './flow-graphs.ts';

/**
 * Speech tokens to the flow's mean, piece by piece; what earlier pieces left behind is kept.
 *
 *     in   tokens  25/s; the last `pre_lookahead_len` are only looked at, unless the piece is the last
 *     out  mu      float32 [1, frame, 80]   50 frames/s
 */
export class FlowEncoderStream {
  readonly #graphs: FlowGraphs;
  #caches: Record<string, Tensor>;

  constructor(graphs: FlowGraphs) {
    this.#graphs = graphs;
    const { output_size: size, attention_heads: heads, num_blocks, num_up_blocks } = graphs.config.encoder;
    this.#caches = { lookahead_columns: zeros(1, size, 2), upsampling_columns: zeros(1, size, 4) };
    for (let layer = 0; layer < num_blocks + num_up_blocks; layer++) {
      this.#caches[`past_${layer}`] = zeros(1, heads, 0, (2 * size) / heads);
    }
  }

  /** A stream of its own that goes on from the same place. */
  fork(): FlowEncoderStream {
    const fork = new FlowEncoderStream(this.#graphs);
    fork.#caches = this.#caches;
    return fork;
  }

  /** What the next piece will build on, by the names of the graph's inputs. */
  get caches(): Readonly<Record<string, Tensor>> {
    return this.#caches;
  }

  async push(tokens: readonly number[], isLast: boolean, signal: AbortSignal): Promise<Tensor> {
    return (await this.run(tokens, isLast, signal))['mu']!;
  }

  /** All results of the graph: `features` are the mean before its projection to mel bands. */
  async run(tokens: readonly number[], isLast: boolean, signal: AbortSignal): Promise<Tensors> {
    signal.throwIfAborted();
    const padding = isLast ? this.#graphs.config.encoder.pre_lookahead_len : 0;
    const results = await this.#graphs.encoder.run({
      tokens: new Tensor('int64', BigInt64Array.from(tokens, BigInt), [1, tokens.length]),
      padding: new Tensor('int64', BigInt64Array.of(BigInt(padding)), [1]),
      ...this.#caches,
    });
    this.#caches = nextCaches(this.#caches, results);
    return results;
  }
}

/** Results named `next_x` and `present_i` take the places of the inputs `x` and `past_i`. */
export function nextCaches(
  caches: Readonly<Record<string, Tensor>>,
  results: Tensors,
): Record<string, Tensor> {
  return Object.fromEntries(
    Object.keys(caches).map((name) => {
      const result = name.startsWith('past_') ? name.replace('past_', 'present_') : `next_${name}`;
      return [name, results[result]!];
    }),
  );
}
