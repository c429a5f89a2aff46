import { expect, test } from 'vitest';
import { chooseProvider, probeInChild, type Probe } from '../../../engine/onnx/providers.ts';
import { plainReason, probeProvider } from '../../../engine/onnx/provider-probe.ts';

const { signal } = new AbortController();
const child = (script: string) => probeInChild([process.execPath, '-e', script], 15_000);
const refusing: Probe = async (provider) => ({ works: false, reason: `no ${provider}` });

test('the processor computes the probe correctly', async () => {
  expect(await probeProvider('cpu')).toEqual({ works: true });
});

test('every provider is tried in order and its refusal is kept', async () => {
  const report = await chooseProvider({ provider: 'auto', threads: 1 }, refusing, signal);
  expect(report.chosen).toBe('cpu');
  expect(report.refused.map(({ provider }) => provider)).toEqual(['cuda', 'webgpu', 'dml', 'coreml']);
  for (const { reason } of report.refused) expect(reason).not.toBe('');
});

test('the first that works is chosen, and those after it are not tried', async () => {
  const tried: string[] = [];
  const probe: Probe = async (provider) => {
    tried.push(provider);
    return provider === 'webgpu' ? { works: true } : { works: false, reason: 'no card' };
  };
  const report = await chooseProvider({ provider: 'auto', threads: 2 }, probe, signal);
  expect(report.chosen).toBe('webgpu');
  expect(tried.at(-1)).toBe('webgpu');
});

test('a provider asked for by name is the only one tried, with the processor behind it', async () => {
  const report = await chooseProvider({ provider: 'webgpu', threads: 1 }, refusing, signal);
  expect(report).toMatchObject({ chosen: 'cpu', refused: [{ provider: 'webgpu', reason: 'no webgpu' }] });
});

test('a small model stays on the processor without starting a probe', async () => {
  const never: Probe = () => Promise.reject(new Error('probed'));
  const report = await chooseProvider({ provider: 'auto', threads: 1, modelBytes: 2e7 }, never, signal);
  expect(report.chosen).toBe('cpu');
});

test('what a child answers is read from its last line', async () => {
  const probe = child(`console.log('noise'); console.log('{"works":false,"reason":"no driver"}')`);
  expect(await probe('cuda', signal)).toEqual({ works: false, reason: 'no driver' });
});

test('a child that crashes, hangs or says nothing is a refusal with its reason', async () => {
  expect(await child(`process.kill(process.pid, 'SIGSEGV')`)('cuda', signal)).toEqual({
    works: false,
    reason: 'It crashed (SIGSEGV).',
  });
  expect(await child(`process.exit(3)`)('cuda', signal)).toEqual({
    works: false,
    reason: 'It ended without an answer (3).',
  });
  const hanging = probeInChild([process.execPath, '-e', 'setInterval(() => {}, 1000)'], 300);
  expect(await hanging('cuda', signal)).toEqual({
    works: false,
    reason: 'It did not answer within 0.3 seconds.',
  });
});

test('giving up stops the probe', async () => {
  const controller = new AbortController();
  const probing = child('setInterval(() => {}, 1000)')('cuda', controller.signal);
  controller.abort(new Error('enough'));
  await expect(probing).rejects.toThrow('enough');
});

test('known refusals are told in words for a person, others as they are', () => {
  const told = (text: string) => plainReason(new Error('wrapper', { cause: new Error(text) }));
  expect(told('OrtSessionOptionsAppendExecutionProvider_Cuda: Failed to load shared library')).toBe(
    'The CUDA libraries of ONNX Runtime are not installed.',
  );
  expect(told('/onnxruntime_src/a.cc:136 Failed to get a WebGPU adapter: none')).toBe(
    'No graphics card that WebGPU can use was found.',
  );
  expect(told('something else\nwith a stack')).toBe('something else');
});
