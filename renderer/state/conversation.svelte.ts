import type { Assistant } from '../../contract/assistant-contract.ts';
import type { Settings } from '../../contract/settings.ts';
import type { TurnEvent } from '../../contract/turn-events.ts';
import { Turn } from './turn.svelte.ts';

/** The conversation that is going on: its turns, oldest first. */
export class Conversation {
  id = $state<string | undefined>();
  turns = $state.raw<readonly Turn[]>([]);
  private typed: string[] = [];
  private readonly assistant: () => Assistant;
  private readonly settings: () => Settings;

  constructor(assistant: () => Assistant, settings: () => Settings) {
    this.assistant = assistant;
    this.settings = settings;
  }

  get latest(): Turn | undefined {
    return this.turns.at(-1);
  }

  /** Shows the conversation the assistant says is open; keeps what is already shown of it. */
  async show(conversationId: string | undefined, signal: AbortSignal): Promise<void> {
    if (conversationId === this.id && this.turns.length > 0) return;
    this.id = conversationId;
    this.turns = [];
    if (!conversationId) return;
    const records = await this.assistant().getConversation({ conversationId }, signal);
    if (this.id !== conversationId) return;
    const live = this.turns;
    this.turns = [
      ...records.filter((record) => !live.some((turn) => turn.id === record.id)).map(Turn.fromRecord),
      ...live,
    ];
  }

  /** Reads the turns again, after the line was down. */
  async refresh(signal: AbortSignal): Promise<void> {
    const conversationId = this.id;
    if (!conversationId) return;
    const records = await this.assistant().getConversation({ conversationId }, signal);
    if (this.id === conversationId) this.turns = records.map(Turn.fromRecord);
  }

  async sendText(text: string, signal: AbortSignal): Promise<void> {
    this.typed.push(text);
    try {
      await this.assistant().sendText({ text }, signal);
    } catch (error) {
      this.typed = this.typed.filter((waiting) => waiting !== text);
      throw error;
    }
  }

  apply(event: TurnEvent): void {
    if (event.type === 'turn-start') {
      this.begin(event);
      return;
    }
    const turn = this.turns.findLast((one) => one.id === event.turnId);
    if (!turn) return;
    turn.apply(event);
    if (event.type === 'turn-end') this.markKeptAudio(turn);
  }

  private begin(event: Extract<TurnEvent, { type: 'turn-start' }>): void {
    if (event.conversationId !== this.id) {
      this.id = event.conversationId;
      this.turns = [];
    }
    const turn = new Turn({ ...event, id: event.turnId });
    if (event.source === 'text') turn.transcript = this.typed.shift() ?? '';
    this.turns = [...this.turns.filter((one) => one.id !== turn.id), turn];
  }

  private markKeptAudio(turn: Turn): void {
    const { keepHistory, keepAudio } = this.settings();
    const heardNothing = turn.outcome === 'nothing-heard';
    turn.hasMyAudio =
      keepHistory &&
      !heardNothing &&
      turn.source === 'voice' &&
      (keepAudio === 'both' || keepAudio === 'mine');
    turn.hasReplyAudio = keepHistory && turn.reply !== '' && (keepAudio === 'both' || keepAudio === 'reply');
  }
}
