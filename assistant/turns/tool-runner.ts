import type { Failure } from '../../contract/turn-events.ts';
import { failureOf } from '../failures.ts';
import type { ToolContext } from '../tools/tool-context.ts';
import { isForeign } from '../tools/tool.ts';
import type { ToolRegistry } from '../tools/tool-registry.ts';
import type { BackgroundTools } from './background-tools.ts';
import type { LiveTurn } from './live-turn.ts';

export interface ToolCall {
  readonly tool: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  /** The intent that led to it, where a model named one. */
  readonly intent?: string;
}
export type ToolOutcome =
  | { readonly ok: true; readonly result: unknown; readonly isForeign: boolean }
  | { readonly ok: false; readonly failure: Failure };
/** It goes on behind the conversation, which is told of the outcome when it comes. */
export type LaterOutcome = { readonly ok: 'later' };

/** How tools may go on when their turn is over. */
export interface Behind {
  readonly tools: BackgroundTools;
  /** True while the person is being asked something: then a tool waits, it does not work. */
  readonly isAsking: () => boolean;
  readonly patienceMs: number;
}

/** Runs the tools of one turn, with a start and an end for each. A tool that fails does not fail the turn. */
export class ToolRunner {
  private readonly registry: ToolRegistry;
  private readonly turn: LiveTurn;
  private readonly context: ToolContext;
  private readonly behind: Behind;
  private callCount = 0;
  /** The call at work. */
  present: ToolCall | undefined;

  constructor(registry: ToolRegistry, turn: LiveTurn, context: ToolContext, behind: Behind) {
    this.registry = registry;
    this.turn = turn;
    this.context = context;
    this.behind = behind;
  }

  mayTakeLong(call: ToolCall): boolean {
    return this.registry.get(call.tool)?.mayTakeLong === true;
  }

  /** Rejects only when the turn is interrupted; a call that may take long then goes on behind the conversation. */
  async run(call: ToolCall, signal: AbortSignal): Promise<ToolOutcome | LaterOutcome> {
    signal.throwIfAborted();
    this.callCount += 1;
    const { turn, registry, context } = this;
    const tool = registry.get(call.tool);
    const shared = { callId: `${turn.id}-${this.callCount}`, name: call.tool };
    const leavesMachine = tool?.leavesMachine ?? false;
    turn.toolStart({ ...shared, arguments: { ...call.arguments }, leavesMachine });
    this.present = call;
    const own = new AbortController();
    const work = registry.call(call.tool, call.arguments, context, own.signal);
    const job = {
      callId: shared.callId,
      call,
      leavesMachine,
      isForeign: isForeign(tool),
      work,
      cancel: () => own.abort(new DOMException('The tool was stopped.', 'AbortError')),
    };
    const onAbort = () => {
      if (tool?.mayTakeLong && !this.behind.isAsking()) this.behind.tools.adopt(job);
      else own.abort(signal.reason);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      const result = await this.waitFor(work, tool?.mayTakeLong === true, signal);
      if (result === LATER) {
        this.behind.tools.adopt(job);
        turn.toolEnd({ ...shared, result: { later: true } });
        return { ok: 'later' };
      }
      turn.toolEnd({ ...shared, result });
      return { ok: true, result, isForeign: job.isForeign };
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      const failure = failureOf(error);
      turn.toolEnd({ ...shared, result: null, failure });
      return { ok: false, failure };
    } finally {
      signal.removeEventListener('abort', onAbort);
      this.present = undefined;
    }
  }

  /** The result, or `LATER` when it takes too long; rejects at once when the turn is interrupted. */
  private async waitFor(work: Promise<unknown>, mayTakeLong: boolean, signal: AbortSignal): Promise<unknown> {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    const { isAsking, patienceMs } = this.behind;
    let timer: NodeJS.Timeout | undefined;
    const look = () => (isAsking() ? wait() : resolve(LATER));
    const wait = () => {
      timer = setTimeout(look, patienceMs);
    };
    if (mayTakeLong && Number.isFinite(patienceMs)) wait();
    work.then(resolve, reject);
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    }
  }
}

const LATER = Symbol('later');
