import { GraphWriter } from './graph-writer.ts';
import { executionProviders, firstLine, openSession, Tensor, type ExecutionProvider } from './session.ts';

export type ProbeResult = { readonly works: true } | { readonly works: false; readonly reason: string };

/**
 * Multiplies two small matrices on one provider alone, here in this process. A missing driver can end the
 * process: `probeProviders` runs this in a child.
 */
export async function probeProvider(provider: ExecutionProvider): Promise<ProbeResult> {
  try {
    const session = await openSession(multiplication(), {
      provider,
      threads: 1,
      forbidFallback: provider !== 'cpu',
    });
    const left = new Tensor('float32', Float32Array.of(1, 2, 3, 4, 5, 6), [2, 3]);
    const right = new Tensor('float32', Float32Array.of(1, 0, 0, 1, 1, 1), [3, 2]);
    const { product } = await session.run({ left, right });
    const values = [...((await product!.getData()) as Float32Array)];
    await session.release();
    return values.join() === '4,5,10,11' ? { works: true } : { works: false, reason: 'It computes wrongly.' };
  } catch (error) {
    return { works: false, reason: plainReason(error) };
  }
}

/** The child's side: one line of JSON on standard output. */
export async function runProbe(provider: string): Promise<void> {
  const known = executionProviders.find((candidate) => candidate === provider);
  const result: ProbeResult = known
    ? await probeProvider(known)
    : { works: false, reason: 'No such provider.' };
  process.stdout.write(`${JSON.stringify(result)}\n`);
}

function multiplication(): Uint8Array {
  const graph = new GraphWriter('probe');
  const left = graph.input('left', 'float32', [2, 3]);
  const right = graph.input('right', 'float32', [3, 2]);
  graph.output('product', graph.add('MatMul', [left, right]), 'float32', [2, 2]);
  return graph.toBytes();
}

/** What ONNX Runtime says, in words for a person where the case is known. */
export function plainReason(error: unknown): string {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  const text = firstLine(cause);
  const known = knownRefusals.find(([pattern]) => pattern.test(text));
  return known ? known[1] : text.replace(/^\S*onnxruntime\S*:\d+ /, '');
}

const knownRefusals: readonly (readonly [RegExp, string])[] = [
  [/Cuda.*Failed to load shared library/i, 'The CUDA libraries of ONNX Runtime are not installed.'],
  [/no CUDA-capable device|CUDA driver version/i, 'No NVIDIA card with a fitting driver was found.'],
  [/Failed to get a WebGPU adapter/i, 'No graphics card that WebGPU can use was found.'],
];
