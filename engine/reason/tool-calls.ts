import { SPECIAL_TOKENS } from './special-tokens.ts';

export interface ToolCall {
  readonly name: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

/**
 * One block between the tool-call tags: kind, name and JSON arguments on lines of their own, blanks around them
 * ignored. Nothing is returned when the block is not a call, or names a tool that was not offered.
 */
export function parseToolCall(block: string, offeredTools?: ReadonlySet<string>): ToolCall | undefined {
  const [, name, text] = /^[^\n]*\n([^\n]*)\n([^]*)$/.exec(block) ?? [];
  if (name === undefined || text === undefined) return undefined;
  if (offeredTools && !offeredTools.has(name.trim())) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    return { name: name.trim(), arguments: value as Record<string, unknown> };
  } catch {
    return undefined; // Text that is not JSON is not a call.
  }
}

/**
 * A whole reply into spoken or shown content and calls. Text between calls is dropped; a reply without any valid call
 * is content from end to end.
 */
export function splitToolCalls(
  reply: string,
  offeredTools?: ReadonlySet<string>,
): { content: string; calls: ToolCall[] } {
  const reader = new ToolCallReader(offeredTools);
  const { content, calls } = reader.push(reply);
  return { content: content + reader.finish(), calls: [...calls] };
}

/** What a piece of a reply settled. */
export interface ReplyPiece {
  readonly content: string;
  readonly calls: readonly ToolCall[];
}

/** Reads a reply that arrives in pieces, from the first tool-call tag on. */
export class ToolCallReader {
  readonly #offeredTools: ReadonlySet<string> | undefined;
  #pending = '';
  #opened = false;

  constructor(offeredTools?: ReadonlySet<string>) {
    this.#offeredTools = offeredTools;
  }

  /** Takes more of the reply; text that could be the beginning of a tag is held back. */
  push(text: string): ReplyPiece {
    this.#pending += text;
    const content = this.#opened ? '' : this.#takeContent();
    return { content, calls: this.#opened ? this.#takeCalls() : [] };
  }

  /** The rest of the reply that is content after all. */
  finish(): string {
    const rest = this.#pending;
    this.#pending = '';
    return rest;
  }

  #takeContent(): string {
    const tag = SPECIAL_TOKENS.toolCallStart;
    const start = this.#pending.indexOf(tag);
    this.#opened = start >= 0;
    const certain = this.#opened ? start : this.#pending.length - possibleBeginning(this.#pending, tag);
    const content = this.#pending.slice(0, certain);
    this.#pending = this.#pending.slice(certain);
    return content;
  }

  /** Whatever precedes the end of a valid call is settled: it was a call, or text between calls. */
  #takeCalls(): ToolCall[] {
    const { toolCallStart, toolCallEnd } = SPECIAL_TOKENS;
    const calls: ToolCall[] = [];
    let settled = 0;
    for (let at = 0; ;) {
      const start = this.#pending.indexOf(toolCallStart, at);
      const end = start < 0 ? -1 : this.#pending.indexOf(toolCallEnd, start);
      if (end < 0) break;
      at = end + toolCallEnd.length;
      const call = parseToolCall(this.#pending.slice(start + toolCallStart.length, end), this.#offeredTools);
      if (!call) continue;
      calls.push(call);
      settled = at;
    }
    this.#pending = this.#pending.slice(settled);
    return calls;
  }
}

/** How many characters at the end of `text` could be the beginning of `tag`. */
export function possibleBeginning(text: string, tag: string): number {
  for (let length = Math.min(text.length, tag.length - 1); length > 0; length--) {
    if (tag.startsWith(text.slice(-length))) return length;
  }
  return 0;
}
