import type {
  AudioDevices,
  Capture,
  Cue,
  MicrophoneOptions,
  SpeakerOutput,
} from '../../renderer/audio/devices.ts';
import { UserError } from '../../contract/user-errors.ts';

/** A machine with a microphone that says what the test says, and a speaker with a clock that stands still. */
export class FakeDevices implements AudioDevices {
  microphoneFailure: UserError | undefined;
  readonly captures: FakeCapture[] = [];
  readonly speakers: FakeSpeaker[] = [];
  readonly cues: Cue[] = [];
  lastOptions: MicrophoneOptions | undefined;

  get capture(): FakeCapture {
    const capture = this.captures.at(-1);
    if (!capture) throw new Error('No microphone was opened.');
    return capture;
  }

  async openMicrophone(options: MicrophoneOptions): Promise<Capture> {
    this.lastOptions = options;
    if (this.microphoneFailure) throw this.microphoneFailure;
    const capture = new FakeCapture();
    this.captures.push(capture);
    return capture;
  }

  async openSpeaker(sampleRate: number, speakerId: string): Promise<SpeakerOutput> {
    const speaker = new FakeSpeaker(sampleRate, speakerId);
    this.speakers.push(speaker);
    return speaker;
  }

  playCue(cue: Cue): void {
    this.cues.push(cue);
  }

  async list() {
    return {
      microphones: [
        { id: 'built-in', name: 'Built-in Microphone' },
        { id: 'usb', name: 'USB Headset' },
      ],
      speakers: [{ id: 'speakers', name: 'Desk Speakers' }],
      speakerChoice: true,
    };
  }

  onListChange(): () => void {
    return () => undefined;
  }
}

export class FakeCapture implements Capture {
  readonly sampleRate = 48_000;
  closed = false;
  private readonly blockListeners = new Set<(samples: Float32Array) => void>();
  private readonly lossListeners = new Set<() => void>();

  /** One block of 20 ms. */
  say(value: number): void {
    for (const listener of [...this.blockListeners]) listener(new Float32Array(960).fill(value));
  }

  unplug(): void {
    for (const listener of [...this.lossListeners]) listener();
  }

  onBlock(listener: (samples: Float32Array) => void): () => void {
    this.blockListeners.add(listener);
    return () => this.blockListeners.delete(listener);
  }

  onLost(listener: () => void): () => void {
    this.lossListeners.add(listener);
    return () => this.lossListeners.delete(listener);
  }

  close(): void {
    this.closed = true;
    this.blockListeners.clear();
  }
}

export class FakeSpeaker implements SpeakerOutput {
  readonly sampleRate: number;
  speakerId: string;
  clock = 0;
  silenced = 0;
  readonly played: { startAt: number; length: number; stopped: boolean; end: () => void }[] = [];

  constructor(sampleRate: number, speakerId: string) {
    this.sampleRate = sampleRate;
    this.speakerId = speakerId;
  }

  now(): number {
    return this.clock;
  }

  latency(): number {
    return 0.01;
  }

  play(samples: Float32Array, startAt: number, onEnded: () => void) {
    const sound = { startAt, length: samples.length, stopped: false, end: onEnded };
    this.played.push(sound);
    return {
      stop: () => {
        sound.stopped = true;
      },
    };
  }

  silence(): void {
    this.silenced += 1;
  }

  level(): number {
    return 0.2;
  }

  async setSpeaker(speakerId: string): Promise<void> {
    this.speakerId = speakerId;
  }

  close(): void {}
}
