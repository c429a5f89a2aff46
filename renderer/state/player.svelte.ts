import type { AudioDevices, SpeakerOutput } from '../audio/devices.ts';
import { PlaybackQueue } from '../audio/playback-queue.ts';

/** What is sounding: the live reply, or something a person asked to hear again. */
export type Playing = { readonly kind: 'reply' | 'replay' | 'preview' | 'cue'; readonly id: string };

/** The one mouth: a new sound of another kind replaces what is playing. */
export class Player {
  playing = $state.raw<Playing | undefined>();
  /** `performance.now()` at which the first sample of what is playing can be heard. */
  audibleAt = $state<number | undefined>();
  private speaker: SpeakerOutput | undefined;
  private opening: Promise<SpeakerOutput> | undefined;
  private queue: PlaybackQueue | undefined;
  private waiting: Promise<void> = Promise.resolve();
  private generation = 0;
  private onAudible: ((playing: Playing, atMs: number) => void) | undefined;
  private readonly devices: AudioDevices;
  private readonly speakerId: () => string;

  constructor(devices: AudioDevices, speakerId: () => string) {
    this.devices = devices;
    this.speakerId = speakerId;
  }

  /** Told once per sound, when its first sample reaches the ear. */
  whenAudible(listener: (playing: Playing, atMs: number) => void): void {
    this.onAudible = listener;
  }

  /** Root mean square of what sounds now, 0..1. */
  level(): number {
    return this.playing ? (this.speaker?.level() ?? 0) : 0;
  }

  /** Adds mono samples to what plays under `playing`; pieces of one sound follow each other without a gap. */
  push(playing: Playing, samples: Float32Array, sampleRate: number): Promise<void> {
    if (this.playing?.id !== playing.id || this.playing.kind !== playing.kind) {
      this.stop();
      this.playing = playing;
    }
    const generation = this.generation;
    this.waiting = this.waiting.then(async () => {
      const queue = await this.queueAt(sampleRate);
      if (generation !== this.generation) return;
      const audibleInSeconds = queue.push(samples);
      if (this.audibleAt === undefined) {
        this.audibleAt = performance.now() + audibleInSeconds * 1000;
        this.onAudible?.(playing, this.audibleAt);
      }
    });
    return this.waiting;
  }

  /** Silence within 20 ms. */
  stop(): void {
    this.generation += 1;
    this.queue?.stop();
    this.playing = undefined;
    this.audibleAt = undefined;
  }

  /** Later sounds come out of the speaker that is chosen now. */
  async speakerChanged(): Promise<void> {
    await this.speaker?.setSpeaker(this.speakerId());
  }

  private async queueAt(sampleRate: number): Promise<PlaybackQueue> {
    if (this.queue && this.speaker?.sampleRate === sampleRate) return this.queue;
    this.speaker?.close();
    this.opening ??= this.devices.openSpeaker(sampleRate, this.speakerId());
    this.speaker = await this.opening;
    this.opening = undefined;
    this.queue = new PlaybackQueue(this.speaker, () => {
      this.playing = undefined;
      this.audibleAt = undefined;
    });
    return this.queue;
  }
}
