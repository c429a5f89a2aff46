import { SPECIAL_TOKENS, SPEECH_CODES } from './special-tokens.ts';
import { ThinkingSplitter } from './thinking.ts';
import type { Tokenizer } from './tokenizer.ts';
import { ToolCallReader, type ToolCall } from './tool-calls.ts';

export type TokenEvent =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'thinking'; readonly text: string }
  /** An entry of the speech codebook, 25 a second. */
  | { readonly type: 'speech'; readonly code: number }
  | { readonly type: 'tool-call'; readonly call: ToolCall };

export interface TokenStreamOptions {
  /** Calls to other tools are content. Absent: every name is accepted. */
  readonly offeredTools?: ReadonlySet<string>;
  /** The prompt ended inside `<think>`. */
  readonly alreadyThinking?: boolean;
}

/**
 * Generated ids to events. Every id is classified by its range alone: text below `<audio_start>`, speech from
 * `<audio_0>` on, control between them. Text is held back while it could be half a character or half a tag.
 */
export class TokenStream {
  readonly #tokenizer: Tokenizer;
  readonly #controlFrom: number;
  readonly #speechFrom: number;
  readonly #characters = new TextDecoder();
  readonly #thinking: ThinkingSplitter;
  readonly #calls: ToolCallReader;

  constructor(tokenizer: Tokenizer, options: TokenStreamOptions = {}) {
    const { audioStart, firstSpeechToken } = SPECIAL_TOKENS;
    this.#tokenizer = tokenizer;
    this.#controlFrom = tokenizer.idOf(audioStart);
    this.#speechFrom = tokenizer.has(firstSpeechToken) ? tokenizer.idOf(firstSpeechToken) : Infinity;
    this.#thinking = new ThinkingSplitter(options.alreadyThinking ?? false);
    this.#calls = new ToolCallReader(options.offeredTools);
  }

  push(id: number): TokenEvent[] {
    if (id < this.#controlFrom) {
      return this.#readText(this.#characters.decode(this.#tokenizer.bytesOf(id), { stream: true }));
    }
    const code = id - this.#speechFrom;
    return code >= 0 && code < SPEECH_CODES ? [{ type: 'speech', code }] : [];
  }

  /** Gives out what was held back. */
  finish(): TokenEvent[] {
    const events = this.#readText(this.#characters.decode());
    const { thinking, reply } = this.#thinking.finish();
    const { content, calls } = this.#calls.push(reply);
    return [...events, ...eventsOf(thinking, content, calls), ...eventsOf('', this.#calls.finish(), [])];
  }

  #readText(text: string): TokenEvent[] {
    const { thinking, reply } = this.#thinking.push(text);
    const { content, calls } = this.#calls.push(reply);
    return eventsOf(thinking, content, calls);
  }
}

function eventsOf(thinking: string, content: string, calls: readonly ToolCall[]): TokenEvent[] {
  return [
    ...(thinking === '' ? [] : [{ type: 'thinking', text: thinking } as const]),
    ...(content === '' ? [] : [{ type: 'text', text: content } as const]),
    ...calls.map((call) => ({ type: 'tool-call', call }) as const),
  ];
}
