import type {
  AudioLevel,
  Engine,
  LightVoice,
  LoadEvent,
  LoadRequest,
  PromptContent,
  ReplyEvent,
  ReplyRequest,
  SpeakRequest,
  SpokenAudio,
  UtteranceSummary,
} from '../../contract/engine-contract.ts';
import type { ProviderReport } from '../../contract/app-events.ts';
import { UserError } from '../../contract/user-errors.ts';
import { startChild, type Child, type ChildEnd } from './child-process.ts';
import { connectEngine } from './engine-calls.ts';
import { plainNodePath, sourcePaths } from './engine-paths.ts';

export interface EngineClientOptions {
  /** Default: the project's own. */
  readonly resourcesFolder?: string;
  /** Remembers which files of model packages were found whole, so that a start need not hash them again. */
  readonly verifiedFile?: string;
  /** Where voices of models that speak by themselves are kept once they have been made. */
  readonly voicesFolder?: string;
  /** Plain Node 22 or newer. Default: the running one, or the `node` package's. */
  readonly nodeBinary?: string;
  /** Default: engine-main.ts in the sources. */
  readonly engineMain?: string;
  /** Told what the engine process prints. */
  readonly onLogLine?: (line: string) => void;
  /** Told how the process ended when nobody asked it to. */
  readonly onCrash?: (end: ChildEnd, log: string) => void;
  readonly startTimeoutMs?: number;
  /** A process that does not answer this long after a call was given up is ended. */
  readonly hangTimeoutMs?: number;
}

type RemoteEngine = Omit<Engine, 'dispose'>;

interface RunningEngine {
  readonly child: Child;
  readonly engine: RemoteEngine;
}

/** A busy machine takes long; a program that cannot run ends by itself and is noticed at once. */
const defaultStartTimeoutMs = 60_000;
const defaultHangTimeoutMs = 10_000;

/** Starts the engine process and waits until it answers. */
export async function startEngine(options: EngineClientOptions = {}): Promise<EngineClient> {
  const client = new EngineClient(options);
  await client.start();
  return client;
}

/**
 * The engine in a process of its own. When that process ends unasked, every running call rejects with
 * `engine-crashed`; the next call starts another one and loads the model again.
 */
export class EngineClient implements Engine {
  readonly #options: EngineClientOptions;
  #running: Promise<RunningEngine> | undefined;
  #loaded: LoadRequest | undefined;
  /** Which process holds the samples of an utterance. */
  readonly #utterances = new Map<string, Promise<RunningEngine>>();
  #disposed = false;

  constructor(options: EngineClientOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    await this.#connect(undefined);
  }

  /** Of the engine process, while there is one. */
  async processId(): Promise<number | undefined> {
    return (await this.#running?.catch(() => undefined))?.child.processId;
  }

  /** Ends the process at once; running calls reject with `engine-crashed` and the next one starts another. */
  async kill(): Promise<void> {
    const running = await this.#running?.catch(() => undefined);
    running?.child.kill();
    await running?.child.ended;
  }

  async *load(request: LoadRequest, signal: AbortSignal): AsyncGenerator<LoadEvent> {
    this.#loaded = undefined;
    const engine = await this.#connect(undefined);
    for await (const event of this.#watchStream(engine.load(request, signal), signal)) {
      if (event.type === 'ready') this.#loaded = request;
      yield event;
    }
  }

  async unload(signal: AbortSignal): Promise<void> {
    this.#loaded = undefined;
    await this.#request((engine) => engine.unload(signal), signal);
  }

  probeProviders(signal: AbortSignal): Promise<ProviderReport> {
    return this.#request((engine) => engine.probeProviders(signal), signal);
  }

  async openUtterance(
    request: { utteranceId: string; sampleRate: number },
    signal: AbortSignal,
  ): Promise<void> {
    await this.#request((engine) => engine.openUtterance(request, signal), signal);
    if (this.#running) this.#utterances.set(request.utteranceId, this.#running);
  }

  pushAudio(
    request: { utteranceId: string; samples: Float32Array },
    signal: AbortSignal,
  ): Promise<AudioLevel> {
    return this.#requestFor(request, (engine) => engine.pushAudio(request, signal), signal);
  }

  closeUtterance(
    request: { utteranceId: string; withTags?: boolean },
    signal: AbortSignal,
  ): Promise<UtteranceSummary> {
    return this.#requestFor(request, (engine) => engine.closeUtterance(request, signal), signal);
  }

  async releaseUtterance(request: { utteranceId: string }, signal: AbortSignal): Promise<void> {
    const lost = this.#isLost(request.utteranceId);
    this.#utterances.delete(request.utteranceId);
    if (!lost) await this.#request((engine) => engine.releaseUtterance(request, signal), signal);
  }

  async *reply(request: ReplyRequest, signal: AbortSignal): AsyncGenerator<ReplyEvent> {
    const messages = request.messages.map((message) => ({
      ...message,
      content: message.content.map((part) => this.#reachable(part)),
    }));
    const engine = await this.#connect(signal);
    yield* this.#watchStream(engine.reply({ ...request, messages }, signal), signal);
  }

  async *speak(request: SpeakRequest, signal: AbortSignal): AsyncGenerator<SpokenAudio> {
    const engine = await this.#connect(signal);
    yield* this.#watchStream(engine.speak(request, signal), signal);
  }

  lightVoices(signal: AbortSignal): Promise<readonly LightVoice[]> {
    return this.#request((engine) => engine.lightVoices(signal), signal);
  }

  memoryBytes(signal: AbortSignal): Promise<number> {
    return this.#request((engine) => engine.memoryBytes(signal), signal);
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    const running = await this.#running?.catch(() => undefined);
    this.#running = undefined;
    await running?.child.stop();
  }

  async #request<T>(call: (engine: RemoteEngine) => Promise<T>, signal: AbortSignal): Promise<T> {
    signal.throwIfAborted();
    const engine = await this.#connect(signal);
    signal.throwIfAborted();
    try {
      return await call(engine);
    } finally {
      if (signal.aborted) this.#endIfHanging();
    }
  }

  #requestFor<T>(
    { utteranceId }: { utteranceId: string },
    call: (engine: RemoteEngine) => Promise<T>,
    signal: AbortSignal,
  ): Promise<T> {
    if (this.#isLost(utteranceId)) return Promise.reject(new UserError('engine-crashed'));
    return this.#request(call, signal);
  }

  /** Sound that went with a process that has ended is told by its words, where they are known. */
  #reachable(part: PromptContent): PromptContent {
    if (!('utteranceId' in part) || !this.#isLost(part.utteranceId)) return part;
    if (part.text === undefined) throw new UserError('engine-crashed');
    return { text: part.text };
  }

  /** Whether the samples went with a process that has ended. */
  #isLost(utteranceId: string): boolean {
    const holder = this.#utterances.get(utteranceId);
    return holder !== undefined && holder !== this.#running;
  }

  async *#watchStream<T>(items: AsyncIterable<T>, signal: AbortSignal): AsyncGenerator<T> {
    try {
      yield* items;
    } finally {
      if (signal.aborted) this.#endIfHanging();
    }
  }

  /** The running engine, started again when it has ended. With a signal, the model that was loaded is loaded again. */
  async #connect(reloadSignal: AbortSignal | undefined): Promise<RemoteEngine> {
    if (this.#disposed) throw new Error('The engine was disposed of.');
    if (!this.#running) {
      const starting = this.#start(reloadSignal ? this.#loaded : undefined);
      this.#running = starting;
      starting.catch(() => this.#forget(starting));
    }
    const { engine } = await untilAborted(this.#running, reloadSignal);
    return engine;
  }

  async #start(reload: LoadRequest | undefined): Promise<RunningEngine> {
    const child = startChild({
      nodeBinary: this.#options.nodeBinary ?? plainNodePath(),
      mainFile: this.#options.engineMain ?? sourcePaths.engineMain(),
      arguments: [
        this.#options.resourcesFolder ?? sourcePaths.resources(),
        this.#options.verifiedFile ?? '',
        this.#options.voicesFolder ?? '',
      ],
      onLogLine: this.#options.onLogLine,
    });
    const engine = connectEngine(child.channel, () => new UserError('engine-crashed'));
    const startTimeoutMs = this.#options.startTimeoutMs ?? defaultStartTimeoutMs;
    try {
      await answersWithin(engine, startTimeoutMs);
    } catch (cause) {
      child.kill();
      await child.ended;
      const reason = child.log().split('\n').at(-1) || `no answer within ${startTimeoutMs / 1000} s`;
      throw new UserError('engine-start-failed', { reason }, { cause });
    }
    const starting = this.#running;
    child.channel.onClose(() => this.#forget(starting));
    void child.ended.then((end) => {
      this.#forget(starting);
      if (!this.#disposed) this.#options.onCrash?.(end, child.log());
    });
    if (reload) for await (const _event of engine.load(reload, new AbortController().signal));
    return { child, engine };
  }

  #forget(running: Promise<RunningEngine> | undefined): void {
    if (this.#running === running) this.#running = undefined;
  }

  /** A graph run cannot be stopped half-way; a process that is stuck in one is ended. */
  #endIfHanging(): void {
    const current = this.#running;
    void current?.then(async ({ child, engine }) => {
      try {
        await answersWithin(engine, this.#options.hangTimeoutMs ?? defaultHangTimeoutMs);
      } catch {
        child.kill();
      }
    });
  }
}

/** A start that others wait for goes on; who no longer wants to wait need not. */
async function untilAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

async function answersWithin(engine: RemoteEngine, milliseconds: number): Promise<void> {
  await engine.memoryBytes(AbortSignal.timeout(milliseconds));
}
