import { setTimeout as sleep } from 'node:timers/promises';
import type { ProviderReport } from '../../contract/app-events.ts';
import type {
  AudioLevel,
  Engine,
  LightVoice,
  LoadEvent,
  LoadRequest,
  ModelDescription,
  ReplyEvent,
  ReplyRequest,
  SpeakRequest,
  SpokenAudio,
  UtteranceSummary,
} from '../../contract/engine-contract.ts';
import { UserError } from '../../contract/user-errors.ts';

export const SCRIPTED_RATE = 16_000;

export const provider: ProviderReport = { chosen: 'cpu', refused: [], threads: 1 };

export const scriptedModel: ModelDescription = {
  id: 'starter',
  name: 'Scripted',
  description: 'Says what the test wants.',
  family: 'step-audio-2',
  version: '1',
  licence: 'Apache-2.0',
  bytes: 4,
  languages: ['en'],
  speaks: 'light-voice',
  wordsReplies: false,
};

export type Script = (
  request: ReplyRequest,
  round: number,
) => readonly (ReplyEvent | { readonly waitMs: number })[];

/** The usual script: this was heard, and it means this. */
export const heardAs =
  (transcript: string, intent: string, slots: Record<string, string> = {}): Script =>
  () => [
    { type: 'heard', transcript, rejected: false, confidence: 0.9 },
    { type: 'tags', tags: [{ name: 'gender', value: 'female', confidence: 0.8, source: 'model' }] },
    { type: 'intent', name: intent, slots },
    { type: 'end', stopReason: 'end-token', timings: {} },
  ];

/** An engine without a model: a test says what it hears and how long things take, and sees every call. */
export class ScriptedEngine implements Engine {
  model: ModelDescription = scriptedModel;
  script: Script = heardAs('hello', 'greeting');
  summary: Partial<UtteranceSummary> = {};
  /** Milliseconds of real time per piece of speech, and how much sound a character makes. */
  speakDelayMs = 0;
  soundMsPerCharacter = 1;
  readonly calls: string[] = [];
  readonly loads: LoadRequest[] = [];
  readonly spoken: SpeakRequest[] = [];
  readonly replies: ReplyRequest[] = [];
  readonly open = new Set<string>();
  /** Calls at work right now. */
  running = 0;
  disposed = false;
  private loaded = false;
  private crash = new AbortController();

  /** What is at work fails, or else the next call; after it there is a new engine, without a model. */
  kill(): void {
    this.loaded = false;
    this.open.clear();
    this.crash.abort(new UserError('engine-crashed'));
    if (this.running > 0) this.crash = new AbortController();
  }

  async *load(request: LoadRequest, signal: AbortSignal): AsyncGenerator<LoadEvent> {
    this.loads.push(request);
    yield { type: 'progress', stage: 'weights', done: 1, total: 1 };
    await this.pause(0, signal);
    this.loaded = true;
    yield { type: 'ready', model: this.model, provider };
  }

  async unload(): Promise<void> {
    this.calls.push('unload');
    this.loaded = false;
  }

  async probeProviders(): Promise<ProviderReport> {
    return provider;
  }

  async openUtterance({ utteranceId }: { utteranceId: string }, signal: AbortSignal): Promise<void> {
    await this.pause(0, signal);
    this.open.add(utteranceId);
  }

  async pushAudio(
    { samples }: { utteranceId: string; samples: Float32Array },
    signal: AbortSignal,
  ): Promise<AudioLevel> {
    await this.pause(0, signal);
    return { level: Math.abs(samples[0] ?? 0), speech: true };
  }

  async closeUtterance(
    { utteranceId }: { utteranceId: string },
    signal: AbortSignal,
  ): Promise<UtteranceSummary> {
    await this.pause(0, signal);
    if (!this.open.has(utteranceId)) throw new UserError('bad-request', { utteranceId });
    return {
      durationSeconds: 1,
      speechSeconds: 0.8,
      verdict: 'speech',
      clippedShare: 0,
      samples: Float32Array.from({ length: 160 }, (_, index) => Math.sin(index / 3) / 2),
      ...this.summary,
    };
  }

  async releaseUtterance({ utteranceId }: { utteranceId: string }): Promise<void> {
    this.open.delete(utteranceId);
  }

  async *reply(request: ReplyRequest, signal: AbortSignal): AsyncGenerator<ReplyEvent> {
    this.replies.push(request);
    if (!this.loaded) throw new UserError('model-not-loaded');
    for (const event of this.script(request, this.replies.length)) {
      await this.pause('waitMs' in event ? event.waitMs : 0, signal);
      if ('type' in event) yield event;
    }
  }

  async *speak(request: SpeakRequest, signal: AbortSignal): AsyncGenerator<SpokenAudio> {
    this.spoken.push(request);
    await this.pause(this.speakDelayMs, signal);
    const length = Math.round((request.text.length * this.soundMsPerCharacter * SCRIPTED_RATE) / 1000);
    yield {
      samples: new Float32Array(length).fill(request.volume / 2),
      sampleRate: SCRIPTED_RATE,
      text: request.text,
    };
  }

  async lightVoices(): Promise<readonly LightVoice[]> {
    return [
      { id: 'flite-slt', name: 'Stella', gender: 'female', description: 'A woman.', language: 'en-US' },
      { id: 'flite-rms', name: 'Rowan', gender: 'male', description: 'A man.', language: 'en-US' },
      { id: 'flite-kal', name: 'Kai', gender: 'male', description: 'A robot.', language: 'en-US' },
    ];
  }

  async memoryBytes(): Promise<number> {
    return 1_000_000;
  }

  async dispose(): Promise<void> {
    this.disposed = true;
  }

  private async pause(milliseconds: number, signal: AbortSignal): Promise<void> {
    if (this.crash.signal.aborted) {
      const { reason } = this.crash.signal;
      this.crash = new AbortController();
      throw reason;
    }
    signal.throwIfAborted();
    this.running += 1;
    const both = AbortSignal.any([signal, this.crash.signal]);
    try {
      await (milliseconds > 0 ? sleep(milliseconds, undefined, { signal: both }) : Promise.resolve());
    } catch {
      throw both.reason;
    } finally {
      this.running -= 1;
    }
    both.throwIfAborted();
  }
}
