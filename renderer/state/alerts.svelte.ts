import type { AppEvent } from '../../contract/app-events.ts';
import type { Assistant } from '../../contract/assistant-contract.ts';

export type Scheduled = Awaited<ReturnType<Assistant['listScheduled']>>[number];
export type FiredAlert = Extract<AppEvent, { type: 'notify' }>;
export type BackgroundJob = Extract<AppEvent, { type: 'background-tools' }>['jobs'][number];
export type ConsentRequest = Extract<AppEvent, { type: 'consent-request' }>;

/** An alarm rings again after this time, and this often, until it is put away. */
const ringEveryMs = 4000;
const longestRings = 15;

/** What calls for a person: timers that fired, timers to come, questions that wait for a yes or no. */
export class Alerts {
  fired = $state.raw<readonly FiredAlert[]>([]);
  scheduled = $state.raw<readonly Scheduled[]>([]);
  consents = $state.raw<readonly ConsentRequest[]>([]);
  /** Tools that go on behind the conversation. */
  jobs = $state.raw<readonly BackgroundJob[]>([]);
  private readonly assistant: () => Assistant;
  private readonly onFailure: (error: unknown) => void;

  private readonly ring: () => void;
  private ringing: ReturnType<typeof setInterval> | undefined;

  constructor(assistant: () => Assistant, onFailure: (error: unknown) => void, ring: () => void) {
    this.assistant = assistant;
    this.onFailure = onFailure;
    this.ring = ring;
  }

  async readScheduled(): Promise<void> {
    try {
      const scheduled = await this.assistant().listScheduled({}, new AbortController().signal);
      this.scheduled = [...scheduled].sort((a, b) => a.dueAt - b.dueAt);
    } catch (error) {
      this.onFailure(error);
    }
  }

  async cancelScheduled(id: string): Promise<void> {
    this.scheduled = this.scheduled.filter((one) => one.id !== id);
    try {
      await this.assistant().cancelScheduled({ id }, new AbortController().signal);
    } catch (error) {
      this.onFailure(error);
    }
    await this.readScheduled();
  }

  fire(alert: FiredAlert): void {
    this.fired = [...this.fired.filter((one) => one.id !== alert.id), alert];
    this.ring();
    if (alert.kind === 'alarm') this.ringOn();
    void this.readScheduled();
  }

  dismiss(id: string): void {
    this.fired = this.fired.filter((one) => one.id !== id);
    if (!this.fired.some((one) => one.kind === 'alarm')) clearInterval(this.ringing);
  }

  private ringOn(): void {
    clearInterval(this.ringing);
    let rings = 1;
    this.ringing = setInterval(() => {
      this.ring();
      if (++rings >= longestRings) clearInterval(this.ringing);
    }, ringEveryMs);
  }

  ask(request: ConsentRequest): void {
    this.consents = [...this.consents.filter((one) => one.consentId !== request.consentId), request];
  }

  /** Answered here or elsewhere, or no longer of interest. */
  settle(consentId: string): void {
    this.consents = this.consents.filter((one) => one.consentId !== consentId);
  }

  async answer(consentId: string, answer: 'once' | 'always' | 'no'): Promise<void> {
    this.settle(consentId);
    try {
      await this.assistant().answerConsent({ consentId, answer }, new AbortController().signal);
    } catch (error) {
      this.onFailure(error);
    }
  }
}
