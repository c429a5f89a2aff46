import type { ScheduledSound, SpeakerOutput } from './devices.ts';

/** Start this far ahead of the clock, so that the first block is not late, in seconds. */
const leadSeconds = 0.02;

/**
 * Plays blocks of samples without gaps, each beginning on the sample where the last one ends. When a block comes
 * late (the maker fell behind), it starts as soon as it can.
 */
export class PlaybackQueue {
  private readonly speaker: SpeakerOutput;
  private readonly sounds = new Set<ScheduledSound>();
  private endsAt = 0;
  private readonly onDrained: () => void;

  /** @param onDrained called when nothing is left to play. */
  constructor(speaker: SpeakerOutput, onDrained: () => void) {
    this.speaker = speaker;
    this.onDrained = onDrained;
  }

  get playing(): boolean {
    return this.sounds.size > 0;
  }

  /** @returns in how many seconds the block is audible. */
  push(samples: Float32Array): number {
    if (samples.length === 0) return 0;
    const now = this.speaker.now();
    const startAt = Math.max(this.endsAt, now + leadSeconds);
    this.endsAt = startAt + samples.length / this.speaker.sampleRate;
    const sound = this.speaker.play(samples, startAt, () => {
      if (this.sounds.delete(sound) && this.sounds.size === 0) this.onDrained();
    });
    this.sounds.add(sound);
    return startAt - now + this.speaker.latency();
  }

  /** Silence at once; `onDrained` is not called. */
  stop(): void {
    if (this.sounds.size === 0) return;
    this.speaker.silence();
    const stopped = [...this.sounds];
    this.sounds.clear();
    this.endsAt = 0;
    for (const sound of stopped) sound.stop();
  }
}
