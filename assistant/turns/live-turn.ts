import type { TurnRecord } from '../../contract/history.ts';
import type { Settings } from '../../contract/settings.ts';
import type { ReplyTone, Tag } from '../../contract/tags.ts';
import type { Failure, TurnEvent, TurnTimings } from '../../contract/turn-events.ts';
import type { AudioSide, TurnRecorder } from '../history/turn-recorder.ts';
import type { RememberedTurn } from './conversation-memory.ts';

export type TurnOutcome = Exclude<TurnRecord['outcome'], 'running'>;

/** Distributes over the union: a plain Omit would merge its members. */
type WithoutIds<Event> = Event extends TurnEvent ? Omit<Event, 'turnId' | 'conversationId'> : never;

export interface LiveTurnOptions {
  readonly id: string;
  readonly conversationId: string;
  readonly source: TurnRecord['source'];
  readonly recorder: TurnRecorder;
  readonly settings: () => Settings;
  readonly publish: (event: TurnEvent) => void;
  readonly now: () => number;
}

/**
 * One turn while it lasts. Whatever happens is stored, then told, in this order; it ends exactly once, and nothing
 * is stored or told after its end.
 */
export class LiveTurn {
  readonly id: string;
  readonly conversationId: string;
  readonly source: TurnRecord['source'];
  readonly startedAt: number;
  /** Resolves when the turn has ended, however. */
  readonly ended: Promise<void>;
  private readonly options: LiveTurnOptions;
  private readonly controller = new AbortController();
  private readonly resolveEnded: () => void;
  private isOver = false;
  private speechSeconds = 0;
  private heardMs: number | undefined;
  private firstAudioMs: number | undefined;
  transcript = '';
  reply = '';
  tags: readonly Tag[] = [];
  /** Only what was measured at once is known yet. */
  mayHaveMoreTags = false;
  /** How the reply is fitted to the tags; undefined: as always. */
  tone: ReplyTone | undefined;
  outcome: TurnOutcome | undefined;
  /** For the conversation's memory: what was said, and the reply as the model spoke it. */
  utterance: RememberedTurn['utterance'];
  spoken: RememberedTurn['spoken'];
  note: RememberedTurn['note'];

  constructor(options: LiveTurnOptions) {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.ended = promise;
    this.resolveEnded = resolve;
    this.options = options;
    this.id = options.id;
    this.conversationId = options.conversationId;
    this.source = options.source;
    this.startedAt = options.now();
    this.tell({ type: 'turn-start', startedAt: this.startedAt, source: this.source });
  }

  /** Aborted when the turn is interrupted. */
  get signal(): AbortSignal {
    return this.controller.signal;
  }

  myAudio(samples: Float32Array, sampleRate: number, speechSeconds: number): void {
    this.speechSeconds = speechSeconds;
    if (this.keeps('mine') && samples.length > 0) this.options.recorder.audio('mine', samples, sampleRate);
  }

  /** What its conversation is called if nobody says anything in it. */
  titled(title: string): void {
    this.options.recorder.title(title);
  }

  heard(transcript: string, rejected: boolean, confidence: number): void {
    if (this.isOver) return;
    this.transcript = transcript;
    this.heardMs ??= this.elapsedMs();
    this.options.recorder.heard(transcript, rejected, confidence);
    this.tell({ type: 'heard', transcript, rejected, confidence });
  }

  heardTags(tags: readonly Tag[]): void {
    if (this.isOver) return;
    const said = this.tags.filter(({ source, carriedOver }) => source === 'person' && !carriedOver);
    this.tags = [...tags.filter(({ name }) => !said.some((one) => one.name === name)), ...said];
    this.options.recorder.tags(this.tags);
    this.tell({ type: 'tags', tags: [...this.tags] });
  }

  /** The person corrected some while the turn went on; they are stored already. */
  correctedTags(tags: readonly Tag[]): void {
    if (!this.isOver) this.tags = tags;
  }

  toned(tone: ReplyTone): void {
    if (this.isOver) return;
    this.tone = tone;
    this.options.recorder.tone(tone);
    this.tell({ type: 'tone', tone });
  }

  thinkingDelta(text: string): void {
    if (this.isOver) return;
    this.options.recorder.thinkingDelta(text);
    this.tell({ type: 'thinking-delta', text });
  }

  toolStart(call: {
    callId: string;
    name: string;
    arguments: Record<string, unknown>;
    leavesMachine: boolean;
  }): void {
    if (this.isOver) return;
    this.options.recorder.toolStart(call);
    this.tell({ type: 'tool-start', ...call });
  }

  toolEnd(call: { callId: string; name: string; result: unknown; failure?: Failure }): void {
    if (this.isOver) return;
    this.options.recorder.toolEnd(call.callId, call.result, call.failure);
    this.tell({ type: 'tool-end', ...call });
  }

  textDelta(text: string): void {
    if (this.isOver || !text) return;
    this.reply += text;
    this.options.recorder.replyDelta(text);
    this.tell({ type: 'text-delta', text });
  }

  audioDelta(samples: Float32Array, sampleRate: number): void {
    if (this.isOver || samples.length === 0) return;
    this.firstAudioMs ??= this.elapsedMs();
    if (this.keeps('reply')) this.options.recorder.audio('reply', samples, sampleRate);
    this.tell({ type: 'audio-delta', samples: samples as Float32Array<ArrayBuffer>, sampleRate });
  }

  end(outcome: TurnOutcome, failure?: Failure): void {
    if (this.isOver) return;
    const { voiceId } = this.options.settings();
    const timings = this.timings();
    this.options.recorder.end({ outcome, failure, voiceId, timings, endedAt: this.options.now() });
    this.outcome = outcome;
    this.tell({ type: 'turn-end', outcome, failure, voiceId, timings });
    this.isOver = true;
    this.resolveEnded();
  }

  /** Ends it at once; the work behind it unwinds on its own. */
  interrupt(): void {
    this.end('interrupted');
    this.controller.abort(new DOMException('The turn was interrupted.', 'AbortError'));
  }

  private timings(): TurnTimings {
    return {
      speechSeconds: this.speechSeconds,
      heardMs: this.heardMs,
      firstAudioMs: this.firstAudioMs,
      endMs: this.elapsedMs(),
    };
  }

  private elapsedMs(): number {
    return this.options.now() - this.startedAt;
  }

  private keeps(side: AudioSide): boolean {
    const { keepAudio } = this.options.settings();
    return keepAudio === 'both' || keepAudio === side;
  }

  private tell(event: WithoutIds<TurnEvent>): void {
    if (this.isOver) return;
    this.options.publish({ ...event, turnId: this.id, conversationId: this.conversationId } as TurnEvent);
  }
}
