import type { RunningAssistant } from '../../assistant/start-assistant.ts';
import type { Tag } from '../../contract/tags.ts';
import type { Failure, TurnEvent } from '../../contract/turn-events.ts';
import type { MonoSound } from '../../assistant/sound-file.ts';

export interface WatchedTurn {
  transcript: string;
  rejected: boolean;
  tags: readonly Tag[];
  toolCalls: { callId: string; name: string; arguments: unknown; result: unknown }[];
  thinking: string;
  reply: string;
  audio: MonoSound[];
  outcome: string;
  failure: Failure | undefined;
  timings: Record<string, number>;
}

/** The events of one assistant, gathered turn by turn. */
export class TurnWatcher {
  private readonly turns = new Map<string, WatchedTurn>();
  private readonly ends = new Map<string, () => void>();
  private readonly following: Promise<void>;
  private readonly controller = new AbortController();

  constructor(running: RunningAssistant) {
    this.following = this.follow(running).catch(() => {});
  }

  /** Resolves with everything that the turn told once its end has arrived. */
  async finished(turnId: string): Promise<WatchedTurn> {
    if (this.turns.get(turnId)?.outcome === undefined || this.turns.get(turnId)?.outcome === '') {
      await new Promise<void>((resolve) => this.ends.set(turnId, resolve));
    }
    return this.turns.get(turnId) as WatchedTurn;
  }

  async close(): Promise<void> {
    this.controller.abort();
    await this.following;
  }

  private async follow(running: RunningAssistant): Promise<void> {
    for await (const event of running.assistant.events({}, this.controller.signal)) {
      if (event.type === 'turn') this.note(event.event);
    }
  }

  private note(event: TurnEvent): void {
    const turn = this.turns.get(event.turnId) ?? emptyTurn();
    this.turns.set(event.turnId, turn);
    if (event.type === 'heard')
      Object.assign(turn, { transcript: event.transcript, rejected: event.rejected });
    else if (event.type === 'tags') turn.tags = event.tags;
    else if (event.type === 'tool-start')
      turn.toolCalls.push({
        callId: event.callId,
        name: event.name,
        arguments: event.arguments,
        result: undefined,
      });
    else if (event.type === 'tool-end') {
      const call = turn.toolCalls.find(({ callId }) => callId === event.callId);
      if (call) call.result = event.failure ? { failure: event.failure.code } : event.result;
    } else if (event.type === 'thinking-delta') turn.thinking += event.text;
    else if (event.type === 'text-delta') turn.reply += event.text;
    else if (event.type === 'audio-delta')
      turn.audio.push({ samples: event.samples, sampleRate: event.sampleRate });
    else if (event.type === 'turn-end') {
      turn.outcome = event.outcome;
      turn.failure = event.failure;
      turn.timings = Object.fromEntries(
        Object.entries(event.timings ?? {}).filter(([, value]) => value !== undefined),
      );
      this.ends.get(event.turnId)?.();
    }
  }
}

function emptyTurn(): WatchedTurn {
  return {
    transcript: '',
    rejected: true,
    tags: [],
    toolCalls: [],
    thinking: '',
    reply: '',
    audio: [],
    outcome: '',
    failure: undefined,
    timings: {},
  };
}
