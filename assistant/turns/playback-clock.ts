import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Where the loudspeaker is, judged from the audio handed out so far. It keeps the assistant at most `leadMs` ahead
 * of what is heard, so that an interruption finds the turn still running and a change of voice comes soon.
 */
export class PlaybackClock {
  private readonly leadMs: number;
  private readonly now: () => number;
  private endsAt = 0;

  constructor(leadMs: number, now: () => number) {
    this.leadMs = leadMs;
    this.now = now;
  }

  /** Resolves when more audio may be handed out. */
  async room(signal: AbortSignal): Promise<void> {
    await this.waitUntil(this.endsAt - this.leadMs, signal);
  }

  /** When what was handed out so far will have been heard, in milliseconds since 1970. */
  get heardAt(): number {
    return this.endsAt;
  }

  isAhead(time: number): boolean {
    return time > this.now();
  }

  handedOut(sampleCount: number, sampleRate: number): void {
    this.endsAt = Math.max(this.endsAt, this.now()) + (sampleCount / sampleRate) * 1000;
  }

  /** Resolves when all of it has been heard. */
  async silence(signal: AbortSignal): Promise<void> {
    if (Number.isFinite(this.leadMs)) await this.waitUntil(this.endsAt, signal);
  }

  private async waitUntil(time: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const waitMs = time - this.now();
    if (waitMs <= 0 || Number.isNaN(waitMs)) return;
    await sleep(waitMs, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
}
