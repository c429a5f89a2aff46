import type { Assistant } from '../../contract/assistant-contract.ts';
import type { ConversationSummary, TurnRecord } from '../../contract/history.ts';
import type { Tag, TagCount, TagFilter } from '../../contract/tags.ts';

/** How long a deletion can be taken back. */
export const undoMs = 7000;
const pageSize = 50;

export interface PendingDeletion {
  readonly conversation: ConversationSummary;
  readonly timer: ReturnType<typeof setTimeout>;
}

/** Past conversations: found by words, read, exported, deleted with a moment to think again. */
export class History {
  query = $state('');
  /** Only conversations with an exchange that has all of these; at most one of a name. */
  tags = $state.raw<readonly TagFilter[]>([]);
  tagCounts = $state.raw<readonly TagCount[]>([]);
  conversations = $state.raw<readonly ConversationSummary[]>([]);
  status = $state<'unread' | 'reading' | 'read'>('unread');
  mayHaveMore = $state(false);
  opened = $state.raw<
    { readonly summary: ConversationSummary; readonly turns: readonly TurnRecord[] } | undefined
  >();
  deleting = $state.raw<PendingDeletion | undefined>();
  private search: AbortController | undefined;
  private readonly assistant: () => Assistant;
  private readonly onFailure: (error: unknown) => void;

  constructor(assistant: () => Assistant, onFailure: (error: unknown) => void) {
    this.assistant = assistant;
    this.onFailure = onFailure;
  }

  /** Reads the list for the present query; an older search still running is dropped. */
  async read(): Promise<void> {
    this.search?.abort();
    const search = new AbortController();
    this.search = search;
    this.status = 'reading';
    const [found, counts] = await Promise.all([
      this.attempt(() => this.page(undefined, search.signal)),
      this.attempt(() => this.assistant().countTags({}, search.signal)),
    ]);
    if (this.search !== search) return;
    if (found) this.take(found, []);
    if (counts) this.tagCounts = counts;
    this.status = 'read';
  }

  /** Asks for conversations with this tag, instead of another of its name; a second time takes it back. */
  async toggleTag({ name, value }: TagFilter): Promise<void> {
    const isOn = this.tags.some((tag) => tag.name === name && tag.value === value);
    const others = this.tags.filter((tag) => tag.name !== name);
    this.tags = isOn ? others : [...others, { name, value }];
    await this.read();
  }

  async clearTags(): Promise<void> {
    this.tags = [];
    await this.read();
  }

  /** A tag of a turn that is being read was corrected, here or elsewhere. */
  showTags(turnId: string, tags: readonly Tag[]): void {
    const { opened } = this;
    if (!opened?.turns.some(({ id }) => id === turnId)) return;
    const turns = opened.turns.map((turn) => (turn.id === turnId ? { ...turn, tags: [...tags] } : turn));
    this.opened = { ...opened, turns };
  }

  async readMore(): Promise<void> {
    const before = this.conversations.at(-1)?.updatedAt;
    const shown = this.conversations;
    const found = await this.attempt(() => this.page(before, new AbortController().signal));
    if (found && this.conversations === shown) this.take(found, shown);
  }

  async open(summary: ConversationSummary): Promise<void> {
    const turns = await this.attempt(() =>
      this.assistant().getConversation({ conversationId: summary.id }, new AbortController().signal),
    );
    if (turns) this.opened = { summary, turns };
  }

  close(): void {
    this.opened = undefined;
  }

  /** Goes on with an old conversation; it becomes the open one. */
  continueWith(summary: ConversationSummary): Promise<true | undefined> {
    return this.attempt(async () => {
      await this.assistant().openConversation({ conversationId: summary.id }, new AbortController().signal);
      return true as const;
    });
  }

  export(
    format: 'json' | 'markdown',
    conversationId?: string,
  ): Promise<{ fileName: string; text: string } | undefined> {
    return this.attempt(() =>
      this.assistant().exportHistory({ format, conversationId }, new AbortController().signal),
    );
  }

  /** Takes it out of sight now, and deletes it when the time to undo is over. */
  delete(summary: ConversationSummary): void {
    this.settleDeletion();
    if (this.opened?.summary.id === summary.id) this.opened = undefined;
    this.conversations = this.conversations.filter((one) => one.id !== summary.id);
    this.deleting = { conversation: summary, timer: setTimeout(() => this.settleDeletion(), undoMs) };
  }

  undoDelete(): void {
    const pending = this.deleting;
    if (!pending) return;
    clearTimeout(pending.timer);
    this.deleting = undefined;
    this.conversations = [...this.conversations, pending.conversation].sort(
      (a, b) => b.updatedAt - a.updatedAt,
    );
  }

  /** Deletes what waits for its undo time; also called when the window closes. */
  settleDeletion(): void {
    const pending = this.deleting;
    if (!pending) return;
    clearTimeout(pending.timer);
    this.deleting = undefined;
    void this.attempt(() =>
      this.assistant().deleteConversation(
        { conversationId: pending.conversation.id },
        new AbortController().signal,
      ),
    );
  }

  async deleteEverything(): Promise<void> {
    await this.attempt(() => this.assistant().deleteAllHistory({}, new AbortController().signal));
    this.opened = undefined;
    await this.read();
  }

  private page(before: number | undefined, signal: AbortSignal): Promise<ConversationSummary[]> {
    const query = this.query.trim();
    return this.assistant().listConversations(
      {
        limit: pageSize,
        ...(query ? { query } : {}),
        ...(this.tags.length > 0 ? { tags: [...this.tags] } : {}),
        ...(before === undefined ? {} : { before }),
      },
      signal,
    );
  }

  private take(found: readonly ConversationSummary[], shown: readonly ConversationSummary[]): void {
    const hidden = [...shown.map((one) => one.id), this.deleting?.conversation.id];
    this.conversations = [...shown, ...found.filter((one) => !hidden.includes(one.id))];
    this.mayHaveMore = found.length === pageSize;
  }

  private async attempt<T>(action: () => Promise<T>): Promise<T | undefined> {
    try {
      return await action();
    } catch (error) {
      this.onFailure(error);
      return undefined;
    }
  }
}
