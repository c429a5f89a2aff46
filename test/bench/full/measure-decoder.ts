import { openModelPackage } from '../../../engine/convert/model-package.ts';
import { decoderDimensions } from '../../../engine/convert/model-config.ts';
import { openSession, Tensor } from '../../../engine/onnx/session.ts';
import { KeyValueCache } from '../../../engine/reason/key-value-cache.ts';
import { fastest, printMeasured, processorMs } from './measured.ts';

/** `node measure-decoder.ts <package> <threads> <prompt positions> <steps>`: the language model alone. */
const [folder, threads, positions, steps] = process.argv.slice(2) as [string, string, string, string];
const signal = new AbortController().signal;
const openedAt = performance.now();
const model = await openModelPackage(folder, {}, signal);
const verifiedMs = performance.now() - openedAt;
const sizes = decoderDimensions(model.config.text_config);
const loadedAt = performance.now();
const session = await openSession(model.pathOf('speechDecoder'), {
  provider: 'cpu',
  threads: Number(threads),
});
const loadMs = performance.now() - loadedAt;
const cache = new KeyValueCache(sizes);

/** Feeds rows after the first `start` positions; the logits of the last one only where they are wanted. */
async function run(start: number, count: number, wanted: boolean): Promise<number> {
  const length = start + count;
  await cache.reserve(length, start);
  const { past, present } = cache.bindings();
  const rows = Float32Array.from(
    { length: count * sizes.hidden },
    (_, index) => Math.sin(index * 0.7) * 0.02,
  );
  const began = performance.now();
  await session.run(
    {
      embeddings: new Tensor('float32', rows, [1, count, sizes.hidden]),
      last_position: new Tensor('int32', Int32Array.of(length - 1), [1]),
      sequence_length: new Tensor('int32', Int32Array.of(length), []),
      rows: new Tensor('int64', wanted ? BigInt64Array.of(BigInt(count - 1)) : new BigInt64Array(), [
        wanted ? 1 : 0,
      ]),
      ...past,
    },
    { logits: null, ...present },
  );
  return performance.now() - began;
}

async function stepTimes(wanted: boolean): Promise<{ ms: number; processor: number }> {
  const [times, computed]: [number[], number[]] = [[], []];
  for (let step = 0; step < Number(steps); step++) {
    const before = processorMs();
    times.push(await run(Number(positions) + step, 1, wanted));
    computed.push(processorMs() - before);
  }
  return { ms: fastest(times.slice(2)), processor: fastest(computed.slice(2)) };
}

await run(0, 8, true);
const prefillFrom = processorMs();
const prefillMs = await run(0, Number(positions), true);
const prefillProcessorMs = processorMs() - prefillFrom;
const step = await stepTimes(true);
const layersOnly = await stepTimes(false);
printMeasured({
  verifiedMs,
  loadMs,
  prefillMs,
  prefillProcessorMs,
  stepMs: step.ms,
  layersMs: layersOnly.ms,
  stepProcessorMs: step.processor,
  layersProcessorMs: layersOnly.processor,
});
