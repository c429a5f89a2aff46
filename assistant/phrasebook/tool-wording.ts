import type { WordingContext } from './outcome.ts';

/** A tool's result together with what led to it. */
export interface ToolOutcome {
  /** The intent that led to the call; empty when a model called the tool by itself. */
  readonly intent: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  /** What the tool returned. It comes from our own tools, so its shape is known. */
  readonly result: unknown;
}
export type ToolWording = (outcome: ToolOutcome, context: WordingContext) => string;
export type ToolWordings = Readonly<Record<string, ToolWording>>;
