import type { TurnRecord } from '../../contract/history.ts';
import type { ToolCall } from './tool-runner.ts';

export interface RememberedTurn {
  readonly transcript: string;
  readonly reply: string;
  /** What the model was told beside it, so that the prompt goes on as it began. */
  readonly note?: string | undefined;
  /** What was said, kept by the engine until it is let go of. */
  readonly utterance?: { readonly id: string; release(): Promise<void> };
  /** The reply as a model spoke it. */
  readonly spoken?: { readonly modelId: string; readonly tokens: readonly number[] };
}

/** How much of a conversation a model is told again. When it is more, so much is kept that it stays for some turns. */
const MOST_TURNS = 24;
const KEPT_TURNS = 16;

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
    if (!turn.transcript && !turn.utterance) return;
    this.turns = [...this.turns, turn];
    if (this.turns.length <= MOST_TURNS) return;
    letGo(this.turns.slice(0, -KEPT_TURNS));
    this.turns = this.turns.slice(-KEPT_TURNS);
  }

  /** The reply was stopped; `repeat` says the whole of it, `go on` what was not heard. Told before or after `remember`. */
  cutOff(unheard: string, whole: string): void {
    this.unsaid = unheard;
    this.lastReply = whole.trim();
  }

  /** The next turn begins a new conversation. */
  clear(): void {
    this.conversationId = undefined;
    letGo(this.turns);
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

/** What an engine can no longer free went with its process. */
function letGo(turns: readonly RememberedTurn[]): void {
  for (const { utterance } of turns) void utterance?.release().catch(() => {});
}
