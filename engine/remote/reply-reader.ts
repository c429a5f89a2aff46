import { ThinkingSplitter } from '../reason/thinking.ts';
import type { TokenEvent } from '../reason/token-stream.ts';
import { ToolCallReader, type ToolCall } from '../reason/tool-calls.ts';
import type { ChatDelta, ToolCallPiece } from './chat-delta.ts';
import { ControlTextReader, speechCodes } from './control-text.ts';

export interface ReplyReaderOptions {
  /** Calls written as text to other tools are content. */
  readonly offeredTools: ReadonlySet<string>;
  /** The reply was begun inside of `<think>`. */
  readonly alreadyThinking?: boolean;
}

/**
 * The pieces of a reply to what it says, thinks, calls and sounds like. Servers with the models' own parsers give each
 * in a field of its own; without them everything stands in the text, and is found there.
 */
export class ReplyReader {
  readonly #text = new ControlTextReader();
  readonly #thinking: ThinkingSplitter;
  readonly #writtenCalls: ToolCallReader;
  readonly #calls = new Map<number, { name: string; text: string }>();

  constructor({ offeredTools, alreadyThinking = false }: ReplyReaderOptions) {
    this.#thinking = new ThinkingSplitter(alreadyThinking);
    this.#writtenCalls = new ToolCallReader(offeredTools);
  }

  push(delta: ChatDelta): TokenEvent[] {
    for (const piece of delta.toolCalls) this.#takeCall(piece);
    const { text, codes } = this.#text.push(delta.spokenText + delta.text);
    return [
      ...(delta.thinking === '' ? [] : [{ type: 'thinking', text: delta.thinking } as const]),
      ...this.#readText(text),
      ...[...speechCodes(delta.speechTokens), ...codes].map((code) => ({ type: 'speech', code }) as const),
    ];
  }

  /**
   * What was held back, and the calls.
   *
   * @throws SyntaxError when the arguments of a call are not JSON
   */
  finish(): TokenEvent[] {
    const { text, codes } = this.#text.finish();
    const events = this.#readText(text);
    const { thinking, reply } = this.#thinking.finish();
    const { content, calls } = this.#writtenCalls.push(reply);
    const structured = [...this.#calls.values()].map(({ name, text: written }) => ({
      name: name.trim(),
      arguments: parseArguments(written),
    }));
    return [
      ...events,
      ...eventsOf(thinking, content, calls),
      ...eventsOf('', this.#writtenCalls.finish(), structured),
      ...codes.map((code) => ({ type: 'speech', code }) as const),
    ];
  }

  #readText(text: string): TokenEvent[] {
    const { thinking, reply } = this.#thinking.push(text);
    const { content, calls } = this.#writtenCalls.push(reply);
    return eventsOf(thinking, content, calls);
  }

  #takeCall({ index, name, arguments: text }: ToolCallPiece): void {
    const call = this.#calls.get(index) ?? { name: '', text: '' };
    this.#calls.set(index, { name: call.name + name, text: call.text + text });
  }
}

/** The models' tool parser sends nothing for empty arguments, and may end with a stray `{}`. */
function parseArguments(written: string): Readonly<Record<string, unknown>> {
  if (written.trim() === '') return {};
  let value: unknown;
  try {
    value = JSON.parse(written);
  } catch {
    value = JSON.parse(written.replace(/\{\}\s*$/, ''));
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new SyntaxError('The arguments are no object.');
  }
  return value as Record<string, unknown>;
}

function eventsOf(thinking: string, content: string, calls: readonly ToolCall[]): TokenEvent[] {
  return [
    ...(thinking === '' ? [] : [{ type: 'thinking', text: thinking } as const]),
    ...(content === '' ? [] : [{ type: 'text', text: content } as const]),
    ...calls.map((call) => ({ type: 'tool-call', call }) as const),
  ];
}
