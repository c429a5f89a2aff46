import { openModelPackage } from '../../../engine/convert/model-package.ts';
import { openSession, Tensor } from '../../../engine/onnx/session.ts';
import { fastest, printMeasured, processorMs } from './measured.ts';

/** `node measure-listening.ts <package> <threads> <seconds>`: log-mel frames to decoder rows. */
const [folder, threads, seconds] = process.argv.slice(2) as [string, string, string];
const settings = { provider: 'cpu', threads: Number(threads) } as const;
const model = await openModelPackage(folder, {}, new AbortController().signal);
const encoder = await openSession(model.pathOf('audioEncoder'), settings);
const adaptor = await openSession(model.pathOf('audioAdaptor'), settings);
const { melBands } = model.manifest.dimensions;
const frames = Number(seconds) * 100;
const mel = new Tensor('float32', new Float32Array(melBands * frames).fill(0.1), [1, melBands, frames]);
const [times, computed]: [number[], number[]] = [[], []];
for (let round = 0; round < 4; round++) {
  const [began, before] = [performance.now(), processorMs()];
  const length = new Tensor('int64', BigInt64Array.of(BigInt(frames - 2)), []);
  const { features } = await encoder.run({ mel, length });
  await adaptor.run({ features: features! });
  times.push(performance.now() - began);
  computed.push(processorMs() - before);
}
printMeasured({ listenMs: fastest(times.slice(1)), listenProcessorMs: fastest(computed.slice(1)) });
