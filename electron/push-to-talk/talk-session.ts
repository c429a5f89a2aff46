import type { Assistant } from '../../contract/assistant-contract.ts';
import { UserError } from '../../contract/user-errors.ts';
import {
  backgroundSampleRate,
  type BackgroundMicrophone,
  type BackgroundRecording,
} from './background-microphone.ts';

/** What was said while the key came up is still on its way through the sound system. */
const tailMs = 200;

export interface TalkSessionOptions {
  readonly assistant: Assistant;
  readonly microphone: BackgroundMicrophone;
  /** True when the page can be heard to record: then it does, with echo cancellation. */
  readonly isWindowOpen: () => boolean;
  readonly tellPage: (pressed: boolean) => void;
  readonly onFailure: (error: unknown) => void;
  readonly waitMs?: (milliseconds: number) => Promise<void>;
}

/**
 * One press and release of the global key. The page records while its window is open; the main process records while
 * it is hidden, and hands over to the hidden page where this machine has no recording program.
 */
export class TalkSession {
  private holder: 'nobody' | 'page' | 'background' = 'nobody';
  private background:
    Promise<{ utteranceId: string; recording: BackgroundRecording } | undefined> | undefined;
  private readonly options: TalkSessionOptions;

  constructor(options: TalkSessionOptions) {
    this.options = options;
  }

  get isTalking(): boolean {
    return this.holder !== 'nobody';
  }

  press(): void {
    if (this.holder !== 'nobody') return;
    if (this.options.isWindowOpen()) {
      this.holder = 'page';
      this.options.tellPage(true);
    } else {
      this.holder = 'background';
      this.background = this.record();
    }
  }

  release(): void {
    const holder = this.holder;
    this.holder = 'nobody';
    if (holder === 'page') this.options.tellPage(false);
    else if (holder === 'background') void this.finish(this.background);
  }

  private async record(): Promise<{ utteranceId: string; recording: BackgroundRecording } | undefined> {
    const { assistant, microphone } = this.options;
    const signal = new AbortController().signal;
    let utteranceId = '';
    try {
      ({ utteranceId } = await assistant.startListening({ sampleRate: backgroundSampleRate }, signal));
      const recording = await microphone.start(
        (samples) => void assistant.pushAudio({ utteranceId, samples }, signal).catch(this.options.onFailure),
        () => this.lose(utteranceId),
      );
      return { utteranceId, recording };
    } catch (error) {
      if (utteranceId !== '') await assistant.cancelListening({ utteranceId }, signal).catch(() => {});
      if (error instanceof UserError && error.code === 'microphone-missing') this.handToPage();
      else this.options.onFailure(error);
      return undefined;
    }
  }

  /** Only if the key is still down: a press that is over would leave the page recording for ever. */
  private handToPage(): void {
    if (this.holder !== 'background') return;
    this.holder = 'page';
    this.options.tellPage(true);
  }

  private async finish(background: typeof this.background): Promise<void> {
    const talk = await background;
    if (!talk) return;
    const signal = new AbortController().signal;
    try {
      await (this.options.waitMs ?? pause)(tailMs);
      await talk.recording.stop();
      await this.options.assistant.finishListening({ utteranceId: talk.utteranceId }, signal);
    } catch (error) {
      this.options.onFailure(error);
    }
  }

  private lose(utteranceId: string): void {
    this.holder = 'nobody';
    this.background = undefined;
    void this.options.assistant
      .cancelListening({ utteranceId }, new AbortController().signal)
      .catch(() => {});
    this.options.onFailure(new UserError('microphone-lost'));
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
