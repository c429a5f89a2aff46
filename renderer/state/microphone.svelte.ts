import type { AudioDevices, Capture, MicrophoneOptions } from '../audio/devices.ts';
import { rootMeanSquare } from '../audio/level.ts';
import { PreRollRing } from '../audio/pre-roll-ring.ts';

const preRollMs = 300;
/** How long the microphone stays open after an utterance, for a follow-up. */
const lingerMs = 8000;

/** The microphone: opened when needed, kept open for a while, closed for good when nobody listens. */
export class Microphone {
  status = $state<'closed' | 'opening' | 'open'>('closed');
  /** Root mean square of the last 20 ms, 0..1. */
  level = $state(0);
  private capture: Capture | undefined;
  private opening: Promise<Capture> | undefined;
  private preRoll: PreRollRing | undefined;
  private users = 0;
  private lingering: ReturnType<typeof setTimeout> | undefined;
  private lossListener: (() => void) | undefined;
  private readonly devices: AudioDevices;
  private readonly options: () => MicrophoneOptions;

  constructor(devices: AudioDevices, options: () => MicrophoneOptions) {
    this.devices = devices;
    this.options = options;
  }

  /**
   * Listens until the returned object is closed. `preRoll` is what was heard in the 300 ms before, if the
   * microphone was open already. Rejects with UserError microphone-missing or microphone-denied.
   */
  async listen(onBlock: (samples: Float32Array) => void, onLost: () => void): Promise<Listening> {
    clearTimeout(this.lingering);
    this.users += 1;
    try {
      const capture = await this.open();
      const preRoll = this.preRoll?.take() ?? [];
      const stopBlocks = capture.onBlock(onBlock);
      this.lossListener = onLost;
      let open = true;
      return {
        sampleRate: capture.sampleRate,
        preRoll,
        close: () => {
          if (!open) return;
          open = false;
          stopBlocks();
          this.lossListener = undefined;
          this.leave(lingerMs);
        },
      };
    } catch (error) {
      this.leave(0);
      throw error;
    }
  }

  /** Keeps the microphone open without anyone listening, so that the pre-roll is filled. */
  async keepReady(): Promise<() => void> {
    clearTimeout(this.lingering);
    this.users += 1;
    let ready = true;
    const release = (): void => {
      if (ready) this.leave(0);
      ready = false;
    };
    try {
      await this.open();
    } catch (error) {
      release();
      throw error;
    }
    return release;
  }

  /** Closes at once, for example because another device was chosen. */
  close(): void {
    clearTimeout(this.lingering);
    this.capture?.close();
    this.capture = undefined;
    this.preRoll = undefined;
    this.level = 0;
    this.status = 'closed';
  }

  private open(): Promise<Capture> {
    if (this.capture) return Promise.resolve(this.capture);
    this.opening ??= this.openCapture().finally(() => {
      this.opening = undefined;
    });
    return this.opening;
  }

  private async openCapture(): Promise<Capture> {
    this.status = 'opening';
    try {
      const capture = await this.devices.openMicrophone(this.options());
      const preRoll = new PreRollRing(preRollMs, capture.sampleRate);
      capture.onBlock((samples) => {
        this.level = rootMeanSquare(samples);
        preRoll.push(samples);
      });
      capture.onLost(() => {
        const lost = this.lossListener;
        this.close();
        lost?.();
      });
      this.capture = capture;
      this.preRoll = preRoll;
      this.status = 'open';
      return capture;
    } catch (error) {
      this.status = 'closed';
      throw error;
    }
  }

  private leave(afterMs: number): void {
    this.users -= 1;
    if (this.users > 0) return;
    clearTimeout(this.lingering);
    this.lingering = setTimeout(() => {
      if (this.users === 0) this.close();
    }, afterMs);
  }
}

export interface Listening {
  readonly sampleRate: number;
  readonly preRoll: readonly Float32Array[];
  close(): void;
}
