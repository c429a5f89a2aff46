import type { ModelPackage } from '../../../engine/convert/model-package.ts';
import { openSession, Tensor, type SessionSettings } from '../../../engine/onnx/session.ts';
import { KeyValueCache } from '../../../engine/reason/key-value-cache.ts';
import { GREEDY, Sampler } from '../../../engine/reason/sampler.ts';
import type { SpeechDecoder } from '../../../engine/reason/speech-decoder.ts';
import type { GoldenReport } from './golden-report.ts';
import { withInnerValue } from './inner-value.ts';

const STAGE = 'reason';
const LOGITS = 5e-3;
/** Of normed values and cached keys, whose size is about one. */
const INNER = 1e-3;
const LAST_ROWS = 4;

/** The language model through its cache: a prompt in pieces, then greedy steps. */
export async function proveLogits(
  report: GoldenReport,
  decoder: SpeechDecoder,
  rows: Float32Array,
  signal: AbortSignal,
): Promise<void> {
  const { hidden, vocabulary } = decoder.dimensions;
  const last = new Float32Array(LAST_ROWS * vocabulary);
  await decoder.prefill(rows.slice(0, rows.length - LAST_ROWS * hidden), signal);
  for (let row = 0; row < LAST_ROWS; row++) {
    const start = rows.length - (LAST_ROWS - row) * hidden;
    last.set(await decoder.prefill(rows.slice(start, start + hidden), signal), row * vocabulary);
  }
  report.compare(STAGE, 'llm_prefill_logits_last4', last, LOGITS);
  const count = report.array<Int32Array>('llm_greedy_tokens').values.length;
  const steps = new Float32Array((count + 1) * vocabulary);
  const sampler = new Sampler(GREEDY);
  const written: number[] = [];
  let logits = decoder.mark().logits;
  for (let step = 0; ; step++) {
    steps.set(logits, step * vocabulary);
    if (step === count) break;
    written.push(sampler.choose(logits, new Set()));
    logits = await decoder.step(written[step]!, signal);
  }
  report.compare(STAGE, 'llm_step_logits', steps, LOGITS);
  report.compare(STAGE, 'llm_greedy_tokens', written, 0);
}

/** The whole prompt in one run, seen from inside: normed hidden states, and the cache after it. */
export async function proveInside(
  report: GoldenReport,
  model: ModelPackage,
  settings: SessionSettings,
  decoder: SpeechDecoder,
  rows: Float32Array,
): Promise<void> {
  const graph = withInnerValue(
    model.pathOf('speechDecoder'),
    'normed_hidden',
    (node) => node.opType === 'Gather' && node.input?.[1] === 'rows',
  );
  const { hidden, keyValueHeads, headSize } = decoder.dimensions;
  const count = rows.length / hidden;
  const session = await openSession(graph, settings);
  const cache = new KeyValueCache(decoder.dimensions);
  await cache.reserve(count, 0);
  const { past, present } = cache.bindings();
  const { normed_hidden: normed } = await session.run(
    {
      embeddings: new Tensor('float32', rows, [1, count, hidden]),
      last_position: new Tensor('int32', Int32Array.of(count - 1), [1]),
      sequence_length: new Tensor('int32', Int32Array.of(count), []),
      rows: new Tensor(
        'int64',
        BigInt64Array.from({ length: count }, (_, row) => BigInt(row)),
        [count],
      ),
      ...past,
    },
    { normed_hidden: null, ...present },
  );
  report.compare(STAGE, 'llm_prefill_hidden', normed!.data as Float32Array, INNER);
  const kept = Object.values(past).flatMap((tensor) => {
    const capacity = tensor.dims[2]! * headSize;
    const heads = Array.from({ length: keyValueHeads }, (_, head) => head * capacity);
    return heads.map((start) => (tensor.data as Float32Array).subarray(start, start + count * headSize));
  });
  const values = new Float32Array(kept.length * count * headSize);
  kept.forEach((head, index) => values.set(head, index * count * headSize));
  report.compare(STAGE, 'llm_kv_after_prefill', values, INNER);
  await session.release();
}
