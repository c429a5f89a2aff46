import { connectAssistant } from '../../contract/calls/assistant-calls.ts';
import type { AppEvent } from '../../contract/app-events.ts';
import type { Assistant } from '../../contract/assistant-contract.ts';
import type { Channel } from '../../contract/channel.ts';
import { UserError } from '../../contract/user-errors.ts';

/** First wait before another attempt; doubles up to the longest. */
const firstRetryMs = 500;
const longestRetryMs = 8000;

/**
 * The line to the assistant. Keeps it open: when it breaks, tries again with growing pauses, and whoever asks
 * for something meanwhile gets `connection-lost`.
 */
export class Connection {
  status = $state<'connecting' | 'open' | 'lost'>('connecting');
  private client: Assistant | undefined;
  private attempt = 0;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private readonly openChannel: () => Promise<Channel>;
  private readonly onEvent: (event: AppEvent) => void;
  private readonly onLost: () => void;

  constructor(openChannel: () => Promise<Channel>, onEvent: (event: AppEvent) => void, onLost: () => void) {
    this.openChannel = openChannel;
    this.onEvent = onEvent;
    this.onLost = onLost;
  }

  /** The assistant's calls; each throws `connection-lost` while the line is down. */
  get assistant(): Assistant {
    if (!this.client) throw new UserError('connection-lost');
    return this.client;
  }

  async connect(): Promise<void> {
    clearTimeout(this.retry);
    if (this.client) return;
    try {
      const channel = await this.openChannel();
      const client = connectAssistant(channel);
      channel.onClose(() => this.lose(client));
      this.client = client;
      this.attempt = 0;
      this.status = 'open';
      void this.listen(client);
    } catch {
      this.status = 'lost';
      this.retryLater();
    }
  }

  private async listen(client: Assistant): Promise<void> {
    try {
      for await (const event of client.events({}, new AbortController().signal)) this.onEvent(event);
      this.lose(client);
    } catch {
      this.lose(client);
    }
  }

  private lose(client: Assistant): void {
    if (this.client !== client) return;
    this.client = undefined;
    this.status = 'lost';
    this.onLost();
    this.retryLater();
  }

  private retryLater(): void {
    clearTimeout(this.retry);
    const waitMs = Math.min(longestRetryMs, firstRetryMs * 2 ** this.attempt++);
    this.retry = setTimeout(() => void this.connect(), waitMs);
  }
}
