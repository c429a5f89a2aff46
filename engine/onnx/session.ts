import { existsSync } from 'node:fs';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { UserError } from '../../contract/user-errors.ts';

export { Tensor };

/** In the order in which they are preferred. */
export const executionProviders = ['cuda', 'webgpu', 'dml', 'coreml', 'cpu'] as const;
export type ExecutionProvider = (typeof executionProviders)[number];

export interface SessionSettings {
  readonly provider: ExecutionProvider;
  readonly threads: number;
  /** Refuse nodes that the provider leaves to the processor: proves that it works by itself. */
  readonly forbidFallback?: boolean;
  /** Results that stay in the device's memory, by name. WebGPU only; never ask such a tensor for its data. */
  readonly keptOnDevice?: readonly string[];
  /** Of a graph given as bytes: where the files lie that it takes its weights from. */
  readonly externalDataFolder?: string;
}

export type Tensors = Readonly<Record<string, Tensor>>;

/** One graph, ready to run. Runs are synchronous on this thread and cannot be stopped half-way. */
export interface OnnxSession {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  /**
   * Other events are handled before a run starts, so a loop over runs stays cancellable.
   *
   * @param fetches the outputs wanted, by name; a tensor is written in place, null allocates one. Default: all.
   */
  run(feeds: Tensors, fetches?: Readonly<Record<string, Tensor | null>>): Promise<Tensors>;
  release(): Promise<void>;
}

/** Opens a graph from a file, whose external data is mapped and not copied, or from bytes. */
export async function openSession(
  graph: string | Uint8Array,
  settings: SessionSettings,
): Promise<OnnxSession> {
  if (typeof graph === 'string' && !existsSync(graph)) throw new UserError('model-missing', { path: graph });
  let session: InferenceSession;
  try {
    session = await create(graph, sessionOptions(settings));
  } catch (cause) {
    throw openingError(graph, settings, cause);
  }
  let released = false;
  return {
    inputNames: session.inputNames,
    outputNames: session.outputNames,
    run: (feeds, fetches) => (fetches ? session.run(feeds, fetches) : session.run(feeds)) as Promise<Tensors>,
    release: async () => {
      if (released) return;
      released = true;
      await session.release();
    },
  };
}

function create(graph: string | Uint8Array, options: InferenceSession.SessionOptions) {
  return typeof graph === 'string'
    ? InferenceSession.create(graph, options)
    : InferenceSession.create(graph, options);
}

function sessionOptions(settings: SessionSettings): InferenceSession.SessionOptions {
  const { provider, threads, forbidFallback, externalDataFolder, keptOnDevice } = settings;
  return {
    executionProviders: provider === 'cpu' || forbidFallback ? [provider] : [provider, 'cpu'],
    graphOptimizationLevel: 'all',
    executionMode: 'sequential',
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
    ...(keptOnDevice
      ? { preferredOutputLocation: Object.fromEntries(keptOnDevice.map((name) => [name, 'gpu-buffer'])) }
      : {}),
    extra: {
      session: {
        // A thread that spins while it waits takes the core from everything else on the machine.
        intra_op: { allow_spinning: '0' },
        ...(forbidFallback ? { disable_cpu_ep_fallback: '1' } : {}),
        ...(externalDataFolder ? { model_external_initializers_file_folder_path: externalDataFolder } : {}),
      },
    },
  };
}

function openingError(graph: string | Uint8Array, settings: SessionSettings, cause: unknown): UserError {
  const reason = firstLine(cause);
  if (settings.provider !== 'cpu') {
    return new UserError('provider-unavailable', { provider: settings.provider, reason }, { cause });
  }
  const path = typeof graph === 'string' ? graph : '';
  return new UserError('model-damaged', { path, reason }, { cause });
}

/** What ONNX Runtime says, without its stack. */
export function firstLine(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : String(cause);
  return (text.split('\n')[0] ?? '').slice(0, 300);
}
