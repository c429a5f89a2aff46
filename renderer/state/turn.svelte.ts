import type { ToolCallRecord, TurnRecord } from '../../contract/history.ts';
import type { ReplyTone, Tag } from '../../contract/tags.ts';
import type { Failure, TurnEvent, TurnTimings } from '../../contract/turn-events.ts';

export interface ToolCall extends ToolCallRecord {
  readonly running: boolean;
}

/** One exchange as it is shown: from the history, or growing while it happens. */
export class Turn {
  readonly id: string;
  readonly conversationId: string;
  readonly startedAt: number;
  readonly source: TurnRecord['source'];
  transcript = $state('');
  /** The assistant was not sure enough of what it heard to act on it. */
  rejected = $state(false);
  tags = $state.raw<readonly Tag[]>([]);
  tone = $state.raw<ReplyTone | undefined>();
  thinking = $state('');
  toolCalls = $state.raw<readonly ToolCall[]>([]);
  reply = $state('');
  outcome = $state<TurnRecord['outcome']>('running');
  failure = $state.raw<Failure | undefined>();
  voiceId = $state<string | undefined>();
  timings = $state.raw<TurnTimings | undefined>();
  hasMyAudio = $state(false);
  hasReplyAudio = $state(false);

  constructor(start: Pick<TurnRecord, 'id' | 'conversationId' | 'startedAt' | 'source'>) {
    this.id = start.id;
    this.conversationId = start.conversationId;
    this.startedAt = start.startedAt;
    this.source = start.source;
  }

  static fromRecord(record: TurnRecord): Turn {
    const turn = new Turn(record);
    turn.transcript = record.transcript;
    turn.rejected = record.rejected;
    turn.tags = record.tags;
    turn.tone = record.tone;
    turn.toolCalls = record.toolCalls.map((call) => ({ ...call, running: false }));
    turn.thinking = record.thinking ?? '';
    turn.reply = record.reply;
    turn.outcome = record.outcome;
    turn.failure = record.failure;
    turn.voiceId = record.voiceId;
    turn.timings = record.timings;
    turn.hasMyAudio = record.hasMyAudio;
    turn.hasReplyAudio = record.hasReplyAudio;
    return turn;
  }

  apply(event: TurnEvent): void {
    switch (event.type) {
      case 'heard':
        this.transcript = event.transcript;
        this.rejected = event.rejected;
        break;
      case 'tags':
        this.tags = event.tags;
        break;
      case 'tone':
        this.tone = event.tone;
        break;
      case 'thinking-delta':
        this.thinking += event.text;
        break;
      case 'tool-start': {
        const { callId, name, leavesMachine } = event;
        const call = {
          callId,
          name,
          arguments: event.arguments,
          result: undefined,
          leavesMachine,
          running: true,
        };
        this.toolCalls = [...this.toolCalls, call];
        break;
      }
      case 'tool-end':
        this.toolCalls = this.toolCalls.map((call) =>
          call.callId === event.callId
            ? { ...call, result: event.result, failure: event.failure, running: false }
            : call,
        );
        break;
      case 'text-delta':
        this.reply += event.text;
        break;
      case 'turn-end':
        this.outcome = event.outcome;
        this.failure = event.failure;
        this.voiceId = event.voiceId;
        this.timings = event.timings;
        this.toolCalls = this.toolCalls.map((call) => ({ ...call, running: false }));
        break;
      case 'turn-start':
      case 'audio-delta':
        break;
    }
  }
}
