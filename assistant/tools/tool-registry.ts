import { z } from 'zod';
import type { ToolSchema } from '../../contract/engine-contract.ts';
import { UserError } from '../../contract/user-errors.ts';
import { allTools } from './all-tools.ts';
import type { Tool } from './tool.ts';
import type { ToolContext } from './tool-context.ts';

/** One line of the list of tools, as the interface shows it. */
export interface ToolListing {
  readonly name: string;
  readonly description: string;
  readonly leavesMachine: boolean;
  readonly enabled: boolean;
  /** Why it is off or cannot be reached; empty when it works. */
  readonly reason: string;
}

/** Every tool, by name. The one place where a tool's arguments are validated. */
export class ToolRegistry {
  private readonly own: ReadonlyMap<string, Tool>;
  private readonly others: () => readonly Tool[];

  /** `others` come and go: tools of servers that the person added. They never stand in for one of our own. */
  constructor(tools: readonly Tool[] = allTools, others: () => readonly Tool[] = () => []) {
    this.own = new Map(tools.map((tool) => [tool.name, tool]));
    this.others = others;
  }

  get(name: string): Tool | undefined {
    return this.own.get(name) ?? this.others().find((tool) => tool.name === name);
  }

  private all(): readonly Tool[] {
    return [...this.own.values(), ...this.others().filter(({ name }) => !this.own.has(name))];
  }

  /** The tool whose phrase a sentence is, with its arguments; of several phrases the one with the most words of its own. */
  said(sentence: string): { tool: string; arguments: Readonly<Record<string, unknown>> } | undefined {
    const found = this.others().flatMap(({ name, saidIn }) => {
      const given = this.own.has(name) ? undefined : saidIn?.(sentence);
      return given ? [{ tool: name, arguments: given }] : [];
    });
    const inPlaces = ({ arguments: given }: (typeof found)[number]) => Object.values(given).join(' ').length;
    return found.sort((one, other) => inPlaces(one) - inPlaces(other))[0];
  }

  /** For `tool_json_schemas` of the prompt: the tools that can be used now. */
  schemas(context: ToolContext): readonly ToolSchema[] {
    return this.all()
      .filter((tool) => reasonOff(tool, context) === '')
      .map((tool) => ({
        type: 'function',
        function: {
          name: tool.name,
          description: tool.description,
          parameters: tool.parameters ?? withoutDialect(z.toJSONSchema(tool.input, { io: 'input' })),
        },
      }));
  }

  list(context: ToolContext): readonly ToolListing[] {
    return this.all().map((tool) => {
      const reason = reasonOff(tool, context);
      const { name, description, leavesMachine } = tool;
      return { name, description, leavesMachine, enabled: reason === '', reason };
    });
  }

  /**
   * Runs a tool. The result is plain JSON data.
   * Throws UserError: `tool-off`, `tool-bad-arguments`, and what the tool itself throws; any other failure
   * of a tool becomes `tool-failed`.
   */
  async call(name: string, given: unknown, context: ToolContext, signal: AbortSignal): Promise<unknown> {
    signal.throwIfAborted();
    const tool = this.get(name);
    if (!tool) throw new UserError('tool-bad-arguments', { tool: name, problem: 'there is no such tool' });
    const reason = reasonOff(tool, context);
    if (reason) throw new UserError('tool-off', { tool: name, reason });
    const parsed = tool.input.safeParse(given ?? {});
    if (!parsed.success) {
      throw new UserError(
        'tool-bad-arguments',
        { tool: name, problem: z.prettifyError(parsed.error) },
        { cause: parsed.error },
      );
    }
    try {
      const result = await tool.run(parsed.data, context, signal);
      signal.throwIfAborted();
      return asData(result);
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      if (error instanceof UserError) throw error;
      throw new UserError('tool-failed', { tool: name }, { cause: error });
    }
  }
}

function reasonOff(tool: Tool, context: ToolContext): string {
  if (context.settings.disabledTools.includes(tool.name))
    return 'You switched this tool off in the settings.';
  return tool.availability(context);
}

/** Through JSON and back: no functions, no prototypes, nothing shared with the tool. */
function asData(result: unknown): unknown {
  return result === undefined ? null : JSON.parse(JSON.stringify(result));
}

function withoutDialect(schema: Record<string, unknown>): Record<string, unknown> {
  const { $schema: _dialect, ...rest } = schema;
  return rest;
}
