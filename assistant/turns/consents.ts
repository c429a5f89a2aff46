import type { AppEvent } from '../../contract/app-events.ts';

export type ConsentAnswer = 'once' | 'always' | 'no';

/** Silence is a no. */
const PATIENCE_MS = 60_000;

/** Questions to the person that a tool waits for. */
export class Consents {
  private readonly publish: (event: AppEvent) => void;
  private readonly patienceMs: number;
  private readonly waiting = new Map<string, (answer: ConsentAnswer) => void>();

  constructor(publish: (event: AppEvent) => void, patienceMs = PATIENCE_MS) {
    this.publish = publish;
    this.patienceMs = patienceMs;
  }

  async ask(tool: string, subject: string, signal: AbortSignal): Promise<ConsentAnswer> {
    signal.throwIfAborted();
    const consentId = crypto.randomUUID();
    const { promise, resolve, reject } = Promise.withResolvers<ConsentAnswer>();
    const onAbort = () => reject(signal.reason);
    const timer = setTimeout(() => resolve('no'), this.patienceMs);
    signal.addEventListener('abort', onAbort, { once: true });
    this.waiting.set(consentId, resolve);
    this.publish({ type: 'consent-request', consentId, tool, subject });
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      this.waiting.delete(consentId);
      this.publish({ type: 'consent-settled', consentId });
    }
  }

  get isAsking(): boolean {
    return this.waiting.size > 0;
  }

  /** An answer to a question that is no longer open changes nothing. */
  answer(consentId: string, answer: ConsentAnswer): void {
    this.waiting.get(consentId)?.(answer);
  }
}
