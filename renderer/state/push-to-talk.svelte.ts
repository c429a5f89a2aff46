import type { Assistant } from '../../contract/assistant-contract.ts';
import { joinSamples } from '../audio/samples.ts';
import type { Listening, Microphone } from './microphone.svelte.ts';
import { releaseMeans, type TalkMode } from './talk-key.ts';

/** Recording goes on this long after the release, so that the last sound is not cut. */
const tailMs = 200;
/** The contract allows at most one second of samples a call. */
const longestPushSeconds = 0.9;

interface Utterance {
  readonly pressedAt: number;
  readonly controller: AbortController;
  readonly pending: Float32Array[];
  listening: Listening | undefined;
  id: string | undefined;
  /** Settles when the assistant has opened the utterance, or it failed. */
  started: Promise<void>;
  sending: Promise<void>;
  /** The key is up: nothing more than the tail will come. */
  ending: boolean;
}

export interface PushToTalkWorld {
  readonly microphone: Microphone;
  readonly assistant: () => Assistant;
  readonly mode: () => TalkMode;
  readonly now: () => number;
  /** Silences a reply at once. */
  readonly interruptReply: () => void;
  readonly onFailure: (error: unknown) => void;
  readonly onCue: (cue: 'listen' | 'heard') => void;
  /** The microphone went away in the middle of a sentence. */
  readonly microphoneLost: () => void;
}

/** Owns press, release and cancel: one utterance at a time, from the key to the assistant. */
export class PushToTalk {
  /** `opening`: the microphone is not there yet; speak when it says `listening`. */
  state = $state<'idle' | 'opening' | 'listening' | 'finishing'>('idle');
  /** Listening goes on without the key held; the next press ends it. */
  locked = $state(false);
  private utterance: Utterance | undefined;
  private readonly world: PushToTalkWorld;

  constructor(world: PushToTalkWorld) {
    this.world = world;
  }

  press(): void {
    if (this.utterance && !this.utterance.ending) {
      if (this.locked) void this.finish(this.utterance);
      return;
    }
    this.world.interruptReply();
    this.begin();
  }

  release(): void {
    this.letGo(this.world.mode());
  }

  /** The desktop's global key came up. The shell has turned two presses into down and up already. */
  releaseGlobalKey(): void {
    const mode = this.world.mode();
    this.letGo(mode === 'toggle' ? 'hold' : mode);
  }

  private letGo(mode: TalkMode): void {
    const utterance = this.utterance;
    if (!utterance || utterance.ending || this.locked) return;
    const meaning = releaseMeans(mode, this.world.now() - utterance.pressedAt);
    if (meaning === 'go-on') this.locked = true;
    else if (this.state === 'opening') this.cancel();
    else void this.finish(utterance);
  }

  /** A click that came without a key or a pointer, from an assistive tool: press and keep going, or end. */
  toggle(): void {
    const wasIdle = !this.utterance;
    this.press();
    if (wasIdle) this.locked = true;
  }

  /** Forgets what was said. */
  cancel(): void {
    const utterance = this.utterance;
    if (!utterance) return;
    this.close(utterance);
    utterance.controller.abort(new DOMException('The utterance was cancelled.', 'AbortError'));
    if (!utterance.id) return;
    const utteranceId = utterance.id;
    try {
      this.world
        .assistant()
        .cancelListening({ utteranceId }, new AbortController().signal)
        .catch(this.world.onFailure);
    } catch (error) {
      this.world.onFailure(error);
    }
  }

  private begin(): void {
    const utterance: Utterance = {
      pressedAt: this.world.now(),
      controller: new AbortController(),
      pending: [],
      listening: undefined,
      id: undefined,
      started: Promise.resolve(),
      sending: Promise.resolve(),
      ending: false,
    };
    this.utterance = utterance;
    this.locked = false;
    this.state = 'opening';
    utterance.started = this.open(utterance);
  }

  private async open(utterance: Utterance): Promise<void> {
    const { signal } = utterance.controller;
    try {
      const listening = await this.world.microphone.listen(
        (samples) => {
          utterance.pending.push(samples);
          this.flush(utterance);
        },
        () => this.lose(utterance),
      );
      if (signal.aborted) {
        listening.close();
        return;
      }
      utterance.listening = listening;
      utterance.pending.unshift(...listening.preRoll);
      this.state = 'listening';
      this.world.onCue('listen');
      const started = await this.world
        .assistant()
        .startListening({ sampleRate: listening.sampleRate }, new AbortController().signal);
      utterance.id = started.utteranceId;
      if (signal.aborted) {
        await this.world
          .assistant()
          .cancelListening({ utteranceId: started.utteranceId }, new AbortController().signal);
        return;
      }
      this.flush(utterance);
    } catch (error) {
      this.fail(utterance, error);
    }
  }

  private flush(utterance: Utterance): void {
    const { id, listening, pending } = utterance;
    if (!id || !listening || pending.length === 0) return;
    const { signal } = utterance.controller;
    const samples = joinSamples(pending.splice(0));
    const step = Math.floor(longestPushSeconds * listening.sampleRate);
    utterance.sending = utterance.sending
      .then(async () => {
        for (let start = 0; start < samples.length; start += step) {
          const part = samples.slice(start, start + step);
          await this.world.assistant().pushAudio({ utteranceId: id, samples: part }, signal);
        }
      })
      .catch((error: unknown) => this.fail(utterance, error));
  }

  private async finish(utterance: Utterance): Promise<void> {
    utterance.ending = true;
    this.state = 'finishing';
    this.locked = false;
    await new Promise((resolve) => setTimeout(resolve, tailMs));
    if (this.utterance !== utterance) return;
    utterance.listening?.close();
    this.world.onCue('heard');
    try {
      await utterance.started;
      this.flush(utterance);
      await utterance.sending;
      if (utterance.controller.signal.aborted || !utterance.id) return;
      const turn = this.world
        .assistant()
        .finishListening({ utteranceId: utterance.id }, utterance.controller.signal);
      this.close(utterance);
      await turn;
    } catch (error) {
      this.fail(utterance, error);
    }
  }

  /** What was heard until the microphone went away is still answered. */
  private lose(utterance: Utterance): void {
    if (this.utterance !== utterance) return;
    this.world.microphoneLost();
    if (!utterance.ending) void this.finish(utterance);
  }

  private fail(utterance: Utterance, error: unknown): void {
    if (utterance.controller.signal.aborted) return;
    this.close(utterance);
    utterance.controller.abort(new DOMException('The utterance failed.', 'AbortError'));
    this.world.onFailure(error);
  }

  private close(utterance: Utterance): void {
    utterance.listening?.close();
    if (this.utterance !== utterance) return;
    this.utterance = undefined;
    this.locked = false;
    this.state = 'idle';
  }
}
