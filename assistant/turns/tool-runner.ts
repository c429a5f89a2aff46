import type { Failure } from '../../contract/turn-events.ts';
import { failureOf } from '../failures.ts';
import type { ToolContext } from '../tools/tool-context.ts';
import { isForeign } from '../tools/tool.ts';
import type { ToolRegistry } from '../tools/tool-registry.ts';
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

/** Runs the tools of one turn, with a start and an end for each. A tool that fails does not fail the turn. */
export class ToolRunner {
  private readonly registry: ToolRegistry;
  private readonly turn: LiveTurn;
  private readonly context: ToolContext;
  private callCount = 0;
  /** The call at work. */
  present: ToolCall | undefined;

  constructor(registry: ToolRegistry, turn: LiveTurn, context: ToolContext) {
    this.registry = registry;
    this.turn = turn;
    this.context = context;
  }

  /** Rejects only when the turn is interrupted. */
  async run(call: ToolCall, signal: AbortSignal): Promise<ToolOutcome> {
    this.callCount += 1;
    const { turn } = this;
    const shared = { callId: `${turn.id}-${this.callCount}`, name: call.tool };
    const tool = this.registry.get(call.tool);
    const leavesMachine = tool?.leavesMachine ?? false;
    turn.toolStart({ ...shared, arguments: { ...call.arguments }, leavesMachine });
    this.present = call;
    try {
      const result = await this.registry.call(call.tool, call.arguments, this.context, signal);
      turn.toolEnd({ ...shared, result });
      return { ok: true, result, isForeign: isForeign(tool) };
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      const failure = failureOf(error);
      turn.toolEnd({ ...shared, result: null, failure });
      return { ok: false, failure };
    } finally {
      this.present = undefined;
    }
  }
}
