import type { Assistant } from '../../contract/assistant-contract.ts';
import type { RemoteReport } from '../../contract/remote-report.ts';
import type { Failure } from '../../contract/turn-events.ts';
import { UserError } from '../../contract/user-errors.ts';
import type { SettingsState } from './settings.svelte.ts';

/** The machine that may answer instead of this one. */
export class OtherMachine {
  testing = $state(false);
  report = $state.raw<RemoteReport | undefined>();
  failure = $state.raw<Failure | undefined>();
  private readonly assistant: () => Assistant;
  private readonly settings: SettingsState;
  private readonly onFailure: (error: unknown) => void;

  constructor(assistant: () => Assistant, settings: SettingsState, onFailure: (error: unknown) => void) {
    this.assistant = assistant;
    this.settings = settings;
    this.onFailure = onFailure;
  }

  get answers(): boolean {
    return this.settings.current.engine.kind === 'remote';
  }

  /** Its name as a person knows it; empty while none is set. */
  get host(): string {
    const { url } = this.settings.current.remote;
    return /^https?:\/\/([^/?#@\s]+)(?:[/?#]|$)/i.exec(url)?.[1] ?? '';
  }

  get isEncrypted(): boolean {
    return this.settings.current.remote.url.startsWith('https:');
  }

  get isComplete(): boolean {
    return this.host !== '' && this.settings.current.remote.model !== '';
  }

  /** What was found before no longer holds. */
  async change(change: Partial<SettingsState['current']['remote']>): Promise<void> {
    this.forget();
    await this.settings.change({ remote: { ...this.settings.current.remote, ...change } });
  }

  async setKey(key: string): Promise<void> {
    this.forget();
    try {
      await this.assistant().setRemoteKey({ key }, new AbortController().signal);
    } catch (error) {
      this.onFailure(error);
    }
  }

  async test(): Promise<void> {
    this.forget();
    this.testing = true;
    try {
      this.report = await this.assistant().testRemote({}, new AbortController().signal);
    } catch (error) {
      if (error instanceof UserError) this.failure = { code: error.code, details: { ...error.details } };
      else this.onFailure(error);
    } finally {
      this.testing = false;
    }
  }

  async letAnswer(kind: 'local' | 'remote'): Promise<void> {
    await this.settings.change({ engine: { kind } });
  }

  private forget(): void {
    this.report = undefined;
    this.failure = undefined;
  }
}
