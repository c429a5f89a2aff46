/** The machine's ears and mouth as the interface uses them; a browser in life, a fake in tests. */
export interface AudioDevices {
  /** Opens the microphone. Rejects with UserError microphone-missing or microphone-denied. */
  openMicrophone(options: MicrophoneOptions): Promise<Capture>;
  /** Opens a speaker that runs at the given rate, in Hz. */
  openSpeaker(sampleRate: number, speakerId: string): Promise<SpeakerOutput>;
  /** Plays one of Sotto's own short sounds. */
  playCue(cue: Cue, speakerId: string): void;
  list(): Promise<AudioDeviceList>;
  onListChange(listener: () => void): () => void;
}

export type Cue = 'listen' | 'heard' | 'chime';

export interface MicrophoneOptions {
  /** Empty = the system's choice. */
  readonly deviceId: string;
  readonly noiseSuppression: boolean;
}

/** An open microphone. Blocks are mono, [-1, 1], 20 ms each. */
export interface Capture {
  readonly sampleRate: number;
  onBlock(listener: (samples: Float32Array) => void): () => void;
  /** The device was unplugged or taken away. */
  onLost(listener: () => void): () => void;
  close(): void;
}

/** A speaker that plays samples at exact times on its own clock, in seconds. */
export interface SpeakerOutput {
  readonly sampleRate: number;
  now(): number;
  /** Seconds from the clock to the ear. */
  latency(): number;
  /** Plays from `startAt`; `onEnded` is called when it was played or stopped. */
  play(samples: Float32Array, startAt: number, onEnded: () => void): ScheduledSound;
  /** Falls silent within 20 ms, and is ready for the next sound. */
  silence(): void;
  /** Root mean square of what is sounding now, 0..1. */
  level(): number;
  setSpeaker(speakerId: string): Promise<void>;
  close(): void;
}

export interface ScheduledSound {
  stop(): void;
}

export interface AudioDevice {
  readonly id: string;
  readonly name: string;
}
export interface AudioDeviceList {
  readonly microphones: readonly AudioDevice[];
  readonly speakers: readonly AudioDevice[];
  /** False where the browser cannot send sound to a chosen speaker. */
  readonly speakerChoice: boolean;
}
