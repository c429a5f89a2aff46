import type { AudioLevel, Engine, UtteranceSummary } from '../../contract/engine-contract.ts';
import { UserError } from '../../contract/user-errors.ts';

/** Nobody holds the key that long; what is longer is a forgotten key or a file for another program. */
export const LONGEST_UTTERANCE_SECONDS = 300;

/** What is being said while the key is held. Blocks reach the engine in order, one at a time. */
export class OpenUtterance {
  readonly id = crypto.randomUUID();
  private readonly engine: Engine;
  private readonly sampleRate: number;
  private readonly onLevel: (level: AudioLevel) => void;
  private readonly controller = new AbortController();
  private inOrder: Promise<void>;
  private failure: { readonly error: unknown } | undefined;
  private receivedSamples = 0;
  /** Somebody needs its sound after its turn, and lets go of it then. */
  isKept = false;

  constructor(engine: Engine, sampleRate: number, onLevel: (level: AudioLevel) => void) {
    this.engine = engine;
    this.sampleRate = sampleRate;
    this.onLevel = onLevel;
    this.inOrder = this.attempt(() => this.open());
  }

  /** Resolves when the engine listens. Throws what went wrong so far. */
  async opened(): Promise<void> {
    await this.inOrder;
    if (this.failure) throw this.failure.error;
  }

  /** Resolves when the engine has taken the block. A failure is kept for `close`, where the turn reports it. */
  push(samples: Float32Array): Promise<void> {
    this.receivedSamples += samples.length;
    const limitSeconds = LONGEST_UTTERANCE_SECONDS;
    if (this.receivedSamples > limitSeconds * this.sampleRate) {
      this.failure ??= { error: new UserError('audio-too-long', { limitSeconds }) };
    }
    this.inOrder = this.inOrder.then(() =>
      this.attempt(async () => {
        const level = await this.engine.pushAudio({ utteranceId: this.id, samples }, this.controller.signal);
        if (!this.controller.signal.aborted) this.onLevel(level);
      }),
    );
    return this.inOrder;
  }

  /** The key was released: everything pushed before has been taken in. `withTags`: how it sounds is measured. */
  async close(withTags: boolean, signal: AbortSignal): Promise<UtteranceSummary> {
    await this.inOrder;
    signal.throwIfAborted();
    if (this.failure) throw this.failure.error;
    return this.engine.closeUtterance({ utteranceId: this.id, withTags }, signal);
  }

  /** Frees what the engine keeps of it. */
  async release(): Promise<void> {
    this.controller.abort(new DOMException('The utterance was let go.', 'AbortError'));
    await this.inOrder;
    await this.engine.releaseUtterance({ utteranceId: this.id }, new AbortController().signal);
  }

  /** An engine that died while nobody spoke is noticed here; the second try finds a new one. */
  private async open(): Promise<void> {
    const request = { utteranceId: this.id, sampleRate: this.sampleRate };
    const { signal } = this.controller;
    try {
      await this.engine.openUtterance(request, signal);
    } catch (error) {
      if (!(error instanceof UserError) || error.code !== 'engine-crashed') throw error;
      await this.engine.openUtterance(request, signal);
    }
  }

  private async attempt(work: () => Promise<void>): Promise<void> {
    if (this.failure || this.controller.signal.aborted) return;
    try {
      await work();
    } catch (error) {
      if (!this.controller.signal.aborted) this.failure ??= { error };
    }
  }
}
