import recorder, { type Recording } from 'node-record-lpcm16';
import { UserError } from '../../contract/user-errors.ts';

export const backgroundSampleRate = 16_000;

export interface BackgroundRecording {
  /** Resolves once the last samples have been handed over. */
  stop(): Promise<void>;
}

export interface BackgroundMicrophoneOptions {
  /** Absolute path of the module that builds parecord's command; empty where there is no PulseAudio. */
  readonly pulseRecorderPath: string;
  readonly record?: typeof recorder.record;
}

/**
 * The microphone without a page, for push-to-talk while the window is hidden: 16 kHz mono through the recording
 * program that answers first (parecord 60 ms, arecord 195 ms, sox 240 ms).
 */
export class BackgroundMicrophone {
  private readonly options: BackgroundMicrophoneOptions;

  constructor(options: BackgroundMicrophoneOptions) {
    this.options = options;
  }

  /**
   * @param onSamples mono samples in [-1, 1] at `backgroundSampleRate`.
   * @param onLost called once when the recorder dies on its own after it had started.
   * @throws UserError microphone-missing when no recording program gives sound.
   */
  async start(
    onSamples: (samples: Float32Array<ArrayBuffer>) => void,
    onLost: () => void,
  ): Promise<BackgroundRecording> {
    const names = [this.options.pulseRecorderPath, 'arecord', 'sox'].filter((name) => name !== '');
    for (const name of names) {
      const recording = await this.tryRecorder(name, onSamples, onLost);
      if (recording) return recording;
    }
    throw new UserError('microphone-missing');
  }

  /** Undefined when the program is not there or ends before its first samples. */
  private tryRecorder(
    name: string,
    onSamples: (samples: Float32Array<ArrayBuffer>) => void,
    onLost: () => void,
  ): Promise<BackgroundRecording | undefined> {
    const record = this.options.record ?? recorder.record;
    return new Promise((resolve) => {
      let recording: Recording;
      try {
        recording = record({
          sampleRate: backgroundSampleRate,
          channels: 1,
          audioType: 'raw',
          recorder: name,
        });
      } catch {
        resolve(undefined);
        return;
      }
      let stopping = false;
      let started = false;
      const ended = new Promise<void>((done) => recording.process.once('close', () => done()));
      const onExit = (): void => recording.stop();
      process.once('exit', onExit);
      recording.process.once('error', () => resolve(undefined));
      recording.process.once('close', () => {
        process.off('exit', onExit);
        resolve(undefined);
        if (started && !stopping) onLost();
      });
      /* Every normal stop of arecord emits an error on the stream, as a string; only `close` decides here. */
      recording.stream().on('error', () => {});
      let odd = Buffer.alloc(0);
      recording.stream().on('data', (chunk: Buffer) => {
        const bytes = odd.length > 0 ? Buffer.concat([odd, chunk]) : chunk;
        odd = Buffer.from(bytes.subarray(bytes.length - (bytes.length % 2)));
        onSamples(samplesOf(bytes));
        if (started) return;
        started = true;
        resolve({
          stop: async () => {
            stopping = true;
            recording.stop();
            await ended;
          },
        });
      });
    });
  }
}

/** 16-bit little endian to [-1, 1); a last odd byte is left out. */
function samplesOf(bytes: Buffer): Float32Array<ArrayBuffer> {
  const samples = new Float32Array(Math.floor(bytes.length / 2));
  for (let index = 0; index < samples.length; index += 1)
    samples[index] = bytes.readInt16LE(index * 2) / 32_768;
  return samples;
}
