import type { TurnRecord } from '../../contract/history.ts';
import type { ToolCall } from './tool-runner.ts';

export interface RememberedTurn {
  readonly transcript: string;
  readonly reply: string;
}

/** How much of a conversation a model is told again. */
const REMEMBERED_TURNS = 8;

/** What the present conversation has come to: for prompts, for "repeat that" and for "yes". */
export class ConversationMemory {
  conversationId: string | undefined;
  private turns: RememberedTurn[] = [];
  /** The last thing said aloud; empty at the start. */
  lastReply = '';
  /** The call the person was asked about, when the question was interrupted instead of answered. */
  pendingCall: ToolCall | undefined;
  /** The part of the last reply that an interruption cut off. */
  unsaid = '';

  get recentTurns(): readonly RememberedTurn[] {
    return this.turns;
  }

  /** The conversation a new turn belongs to; begins one if there is none. */
  conversationForTurn(): string {
    this.conversationId ??= crypto.randomUUID();
    return this.conversationId;
  }

  remember(turn: RememberedTurn): void {
    if (turn.reply && !this.lastReply.startsWith(turn.reply)) this.lastReply = turn.reply;
    if (turn.transcript) this.turns = [...this.turns, turn].slice(-REMEMBERED_TURNS);
  }

  /** The reply was stopped; `repeat` says the whole of it, `go on` what was not heard. Told before or after `remember`. */
  cutOff(unheard: string, whole: string): void {
    this.unsaid = unheard;
    this.lastReply = whole.trim();
  }

  /** The next turn begins a new conversation. */
  clear(): void {
    this.conversationId = undefined;
    this.turns = [];
    this.lastReply = '';
    this.pendingCall = undefined;
    this.unsaid = '';
  }

  /** Goes on where an old conversation stopped. */
  resume(conversationId: string, turns: readonly TurnRecord[]): void {
    this.clear();
    this.conversationId = conversationId;
    for (const turn of turns) if (!turn.rejected) this.remember(turn);
  }
}
