import type { Phase } from '../../contract/app-events.ts';
import type { AudioLevel } from '../../contract/engine-contract.ts';
import { UserError } from '../../contract/user-errors.ts';
import { failureOf } from '../failures.ts';
import type { LiveTurn, TurnOutcome } from './live-turn.ts';
import type { OpenUtterance } from './open-utterance.ts';

/** An engine that does not let go of an interrupted turn within this time is not waited for. */
const UNWINDING_MS = 3000;
/** A key that is held while no sound arrives: the interface behind it is gone. */
const SILENT_LINE_MS = 15_000;

export type TurnSource = LiveTurn['source'];
/** What a turn does between its start and its end. */
export type TurnBody = (turn: LiveTurn, signal: AbortSignal) => Promise<TurnOutcome | TurnEnd>;
export interface TurnEnd {
  readonly outcome: TurnOutcome;
  readonly failure?: ReturnType<typeof failureOf>;
}

export interface TurnCoordinatorOptions {
  readonly openUtterance: (sampleRate: number, onLevel: (level: AudioLevel) => void) => OpenUtterance;
  readonly beginTurn: (source: TurnSource) => LiveTurn;
  readonly onPhase: (phase: Phase) => void;
  readonly onLevel: (level: AudioLevel) => void;
  /** Told once for every turn, after its end. */
  readonly onEnd: (turn: LiveTurn) => void;
  /** Told why a turn or a press failed; the person learns it from the turn or from the caller. */
  readonly onFailure: (error: unknown) => void;
  /** Told of what nobody else would learn. */
  readonly onTrouble: (error: UserError) => void;
}

type Activity =
  | { readonly kind: 'listening'; readonly utterance: OpenUtterance; deadLine: NodeJS.Timeout | undefined }
  | { readonly kind: 'turn'; readonly turn: LiveTurn };

/**
 * The one owner of press, release, typed words, stop and ringing. At any moment either nothing goes on, or one
 * utterance is open, or one turn runs; whatever begins ends what went on before, at once.
 */
export class TurnCoordinator {
  private readonly options: TurnCoordinatorOptions;
  private activity: Activity | undefined;
  private phase: Phase = 'idle';
  /** Work of turns that have ended but whose engine calls may still be unwinding. */
  private unwinding: Promise<void> = Promise.resolve();
  private readonly waitingToRing: TurnBody[] = [];

  constructor(options: TurnCoordinatorOptions) {
    this.options = options;
  }

  get presentPhase(): Phase {
    return this.phase;
  }

  /** The key went down. Resolves when the engine listens; samples may be pushed before that. */
  async press(sampleRate: number): Promise<string> {
    this.interrupt();
    const utterance = this.options.openUtterance(sampleRate, this.options.onLevel);
    const activity: Activity = { kind: 'listening', utterance, deadLine: undefined };
    this.activity = activity;
    this.setPhase('listening');
    this.watchLine(activity);
    try {
      await utterance.opened();
    } catch (error) {
      this.options.onFailure(error);
      this.drop(activity);
      throw error;
    }
    return utterance.id;
  }

  /** Samples of an utterance that is no longer open are dropped. */
  async push(utteranceId: string, samples: Float32Array): Promise<void> {
    const listening = this.listeningTo(utteranceId);
    if (!listening) return;
    this.watchLine(listening);
    await listening.utterance.push(samples);
  }

  /**
   * The key came up. Resolves with the turn's id when it has ended; aborting `signal` interrupts it.
   * Throws UserError `nothing-heard` for an utterance that is no longer open.
   */
  async release(
    utteranceId: string,
    body: (utterance: OpenUtterance) => TurnBody,
    signal: AbortSignal,
  ): Promise<string> {
    const listening = this.listeningTo(utteranceId);
    if (!listening) throw new UserError('nothing-heard', { utteranceId });
    clearTimeout(listening.deadLine);
    const { utterance } = listening;
    return this.runTurn('voice', body(utterance), signal, async () => {
      if (!utterance.isKept) await this.letGo(utterance);
    });
  }

  cancel(utteranceId: string): void {
    const listening = this.listeningTo(utteranceId);
    if (listening) this.drop(listening);
  }

  /** Typed words. Like `release` from here on. */
  async type(body: TurnBody, signal: AbortSignal): Promise<string> {
    this.interrupt();
    return this.runTurn('text', body, signal);
  }

  /** Something to be said unasked: at once when nothing goes on, else after it. */
  ring(body: TurnBody): void {
    this.waitingToRing.push(body);
    this.ringNext();
  }

  /** Ends whatever goes on, and what waits to be said. */
  stop(): void {
    this.waitingToRing.length = 0;
    this.interrupt();
    this.setPhase('idle');
  }

  /** Resolves when no work of any turn is left. */
  async settled(): Promise<void> {
    await this.unwinding;
  }

  /** Only the turn that runs may say what phase it is. */
  setTurnPhase(turn: LiveTurn, phase: Phase): void {
    if (this.activity?.kind === 'turn' && this.activity.turn === turn) this.setPhase(phase);
  }

  private async runTurn(
    source: TurnSource,
    body: TurnBody,
    caller: AbortSignal,
    afterwards: () => Promise<void> = async () => {},
  ): Promise<string> {
    const turn = this.options.beginTurn(source);
    const activity: Activity = { kind: 'turn', turn };
    this.activity = activity;
    this.setPhase('understanding');
    const before = this.unwinding;
    const work = this.carryOut(turn, body, before).finally(afterwards);
    this.unwinding = Promise.all([before, work]).then(() => {});
    const onAbort = () => turn.interrupt();
    if (caller.aborted) turn.interrupt();
    caller.addEventListener('abort', onAbort, { once: true });
    await turn.ended;
    caller.removeEventListener('abort', onAbort);
    this.options.onEnd(turn);
    if (this.activity === activity) {
      this.activity = undefined;
      this.setPhase('idle');
      this.ringNext();
    }
    return turn.id;
  }

  /** Never rejects; the turn has ended when it resolves. */
  private async carryOut(turn: LiveTurn, body: TurnBody, before: Promise<void>): Promise<void> {
    try {
      await atMost(before, UNWINDING_MS);
      turn.signal.throwIfAborted();
      const end = await body(turn, turn.signal);
      if (typeof end === 'string') turn.end(end);
      else turn.end(end.outcome, end.failure);
    } catch (error) {
      if (!turn.signal.aborted) this.options.onFailure(error);
      turn.end('failed', failureOf(error));
    }
  }

  private ringNext(): void {
    if (this.activity) return;
    const body = this.waitingToRing.shift();
    if (body) void this.runTurn('alarm', body, new AbortController().signal);
  }

  /** Ends what goes on, without saying what comes next. */
  private interrupt(): void {
    const { activity } = this;
    this.activity = undefined;
    if (activity?.kind === 'turn') activity.turn.interrupt();
    if (activity?.kind === 'listening') {
      clearTimeout(activity.deadLine);
      this.unwinding = Promise.all([this.unwinding, this.letGo(activity.utterance)]).then(() => {});
    }
  }

  private drop(listening: Activity): void {
    if (this.activity !== listening) return;
    this.interrupt();
    this.setPhase('idle');
    this.ringNext();
  }

  private listeningTo(utteranceId: string): Extract<Activity, { kind: 'listening' }> | undefined {
    const { activity } = this;
    return activity?.kind === 'listening' && activity.utterance.id === utteranceId ? activity : undefined;
  }

  private async letGo(utterance: OpenUtterance): Promise<void> {
    await utterance.release().catch(this.options.onFailure);
  }

  private watchLine(listening: Extract<Activity, { kind: 'listening' }>): void {
    clearTimeout(listening.deadLine);
    listening.deadLine = setTimeout(() => {
      this.options.onTrouble(new UserError('microphone-lost'));
      this.drop(listening);
    }, SILENT_LINE_MS).unref();
  }

  private setPhase(phase: Phase): void {
    if (phase === this.phase) return;
    this.phase = phase;
    this.options.onPhase(phase);
  }
}

async function atMost(work: Promise<void>, milliseconds: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  await Promise.race([work, limit]);
  clearTimeout(timer);
}
