import type { z } from 'zod';
import type { ToolContext } from './tool-context.ts';

/** One thing the assistant can do. Arguments are validated by `input` before `run` sees them. */
export interface Tool<Input extends z.ZodObject = z.ZodObject> {
  /** Lower-case words joined by underscores, as the model writes it. */
  readonly name: string;
  /** One or two sentences for the model and for the list of tools. */
  readonly description: string;
  readonly input: Input;
  /** True when a run sends anything over the network. */
  readonly leavesMachine: boolean;
  /** True when its result holds words of strangers though nothing leaves the machine: files, servers, voice packs. */
  readonly bringsForeignWords?: boolean;
  /** JSON schema of the arguments for the model, where `input` does not say it all. */
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** It may take longer than a person likes to wait in silence: it can go on behind the conversation. */
  readonly mayTakeLong?: boolean;
  /** What is said to call it, where the person gave it a phrase: the arguments in a sentence, if it is that phrase. */
  readonly saidIn?: (sentence: string) => Readonly<Record<string, unknown>> | undefined;
  /** Empty when it can be used now; otherwise why not, for a person to read. */
  availability(context: ToolContext): string;
  /** The result is JSON data: shown, stored, worded, never obeyed. */
  run(input: z.output<Input>, context: ToolContext, signal: AbortSignal): Promise<unknown>;
}

/** Whether what it returns is data that must not lead to anything. */
export function isForeign(tool: Tool | undefined): boolean {
  return tool !== undefined && (tool.leavesMachine || tool.bringsForeignWords === true);
}

/** Keeps the input type of a tool while it is written, and gives the common shape back. */
export function defineTool<Input extends z.ZodObject>(tool: Tool<Input>): Tool {
  return tool as unknown as Tool;
}

/** For tools that can always be used. */
export const alwaysAvailable = () => '';
