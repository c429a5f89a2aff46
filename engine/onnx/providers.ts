import { execFile } from 'node:child_process';
import { listSupportedBackends } from 'onnxruntime-node';
import type { ProviderReport } from '../../contract/app-events.ts';
import type { ProbeResult } from './provider-probe.ts';
import { executionProviders, type ExecutionProvider } from './session.ts';
import { threadCount } from './threads.ts';

/** Tries one provider in a process of its own. */
export type Probe = (provider: ExecutionProvider, signal: AbortSignal) => Promise<ProbeResult>;

export interface ProviderRequest {
  readonly provider: 'auto' | ExecutionProvider;
  /** 0 = the engine's choice. */
  readonly threads: number;
  /** Size of the model; absent when the question is only what works here. */
  readonly modelBytes?: number;
}

/** Copying to a graphics card and back costs more than a model below this size gains there. */
const smallModelBytes = 200_000_000;
const probeTimeoutMs = 20_000;

/** The first provider that works, with the reason why each one before it does not. */
export async function chooseProvider(
  request: ProviderRequest,
  probe: Probe,
  signal: AbortSignal,
): Promise<ProviderReport> {
  const threads = threadCount(request.threads);
  const candidates: readonly ExecutionProvider[] =
    request.provider === 'auto' ? executionProviders : [request.provider];
  const small = request.provider === 'auto' && (request.modelBytes ?? Infinity) < smallModelBytes;
  const refused: { provider: string; reason: string }[] = [];
  for (const provider of candidates) {
    if (provider === 'cpu') break;
    const missing = missingHere(provider);
    const result: ProbeResult = missing
      ? { works: false, reason: missing }
      : small
        ? { works: false, reason: 'Not needed: this model is so small that the processor answers sooner.' }
        : await probe(provider, signal);
    signal.throwIfAborted();
    if (result.works) return { chosen: provider, refused, threads };
    refused.push({ provider, reason: result.reason });
  }
  return { chosen: 'cpu', refused, threads };
}

/**
 * Runs `command ... provider` as a child that answers with one line of JSON (provider-probe.ts). A child that
 * crashes or hangs is a refusal like any other. Answers are remembered.
 */
export function probeInChild(command: readonly string[], timeoutMs = probeTimeoutMs): Probe {
  const known = new Map<ExecutionProvider, ProbeResult>();
  return async (provider, signal) => {
    const result = known.get(provider) ?? (await runChild([...command, provider], timeoutMs, signal));
    known.set(provider, result);
    return result;
  };
}

function runChild(command: readonly string[], timeout: number, signal: AbortSignal): Promise<ProbeResult> {
  const [file = '', ...rest] = command;
  return new Promise((resolve, reject) => {
    execFile(file, rest, { timeout, signal, killSignal: 'SIGKILL', windowsHide: true }, (error, output) => {
      if (signal.aborted) return reject(signal.reason);
      const answer = readAnswer(output);
      if (answer) return resolve(answer);
      resolve({ works: false, reason: endedHow(error, timeout) });
    });
  });
}

function endedHow(
  error: (Error & { signal?: unknown; killed?: boolean; code?: unknown }) | null,
  timeout: number,
) {
  if (error?.killed) return `It did not answer within ${timeout / 1000} seconds.`;
  if (error?.signal) return `It crashed (${String(error.signal)}).`;
  return `It ended without an answer (${String(error?.code ?? 0)}).`;
}

function readAnswer(output: string): ProbeResult | undefined {
  const line = output.trim().split('\n').at(-1) ?? '';
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line) as ProbeResult;
  } catch {
    return undefined;
  }
}

function missingHere(provider: ExecutionProvider): string | undefined {
  if (provider === 'dml' && process.platform !== 'win32') return 'DirectML exists on Windows only.';
  if (provider === 'coreml' && process.platform !== 'darwin') return 'CoreML exists on macOS only.';
  const backend = listSupportedBackends().find(({ name }) => name === provider);
  return backend ? undefined : 'This build of ONNX Runtime does not contain it.';
}
