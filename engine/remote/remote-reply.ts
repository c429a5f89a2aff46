import type { ReplyRequest } from '../../contract/engine-contract.ts';
import type { TokenEvent } from '../reason/token-stream.ts';
import { replyMode } from '../step-audio/reply-mode.ts';
import type { ChatClient, ChatRequest } from './chat-client.ts';
import { chatMessages, type SpeechOf } from './chat-messages.ts';
import { afterThinkingRequest, replyRequest, thinkingRequest, type ReplyWish } from './chat-requests.ts';
import { RemoteError } from './remote-error.ts';
import { ReplyReader } from './reply-reader.ts';
import type { SpokenReplies } from './spoken-replies.ts';

const samplesPerSegment = 25 * 16_000;

export interface RemoteReplyOptions {
  readonly thinks: boolean;
  /** In words and speech tokens. */
  readonly isSpoken: boolean;
}

/** One reply of the server: one request, or two where the model thinks before it answers. */
export class RemoteReply {
  readonly #client: ChatClient;
  readonly #wish: ReplyWish;
  readonly #thinks: boolean;
  readonly #offeredTools: ReadonlySet<string>;
  /** Whether it ended because it grew too long. */
  isCutShort = false;

  constructor(
    client: ChatClient,
    request: ReplyRequest,
    options: RemoteReplyOptions,
    speechOf: SpeechOf,
    spoken: SpokenReplies,
  ) {
    const mode = replyMode({ ...request, spoken: options.isSpoken }, segmentCount(request, speechOf));
    const tools = mode.conversational ? request.tools : [];
    this.#client = client;
    this.#thinks = options.thinks && request.task !== 'transcribe';
    this.#offeredTools = new Set(tools.map((tool) => tool.function.name));
    this.#wish = {
      messages: chatMessages(request, mode, speechOf, spoken),
      tools,
      toolsClosed: request.toolsClosed ?? false,
      sampling: mode.sampling,
      isSeeded: request.sampling?.seed !== undefined,
      isSpoken: options.isSpoken,
    };
  }

  async *events(signal: AbortSignal): AsyncGenerator<TokenEvent> {
    if (!this.#thinks) {
      yield* this.#read(replyRequest(this.#wish), false, signal);
      return;
    }
    let thoughts = '';
    let hasAnswered = false;
    for await (const event of this.#read(thinkingRequest(this.#wish), true, signal)) {
      if (event.type === 'thinking') thoughts += event.text;
      else hasAnswered = true;
      yield event;
    }
    // A server that does not stop where it is told to has answered already.
    if (hasAnswered) return;
    this.isCutShort = false;
    yield* this.#read(afterThinkingRequest(this.#wish, thoughts), false, signal);
  }

  async *#read(
    request: ChatRequest,
    alreadyThinking: boolean,
    signal: AbortSignal,
  ): AsyncGenerator<TokenEvent> {
    const reader = new ReplyReader({ offeredTools: this.#offeredTools, alreadyThinking });
    for await (const delta of this.#client.reply(request, signal)) {
      if (delta.finishReason === 'length') this.isCutShort = true;
      yield* reader.push(delta);
    }
    let rest: TokenEvent[];
    try {
      rest = reader.finish();
    } catch (cause) {
      const details = { host: this.#client.address.host, reason: 'a broken tool call' };
      throw new RemoteError('remote-not-understood', details, undefined, { cause });
    }
    yield* rest;
  }
}

/** How many pieces the sound of the question has for the model. */
function segmentCount({ messages }: ReplyRequest, speechOf: SpeechOf): number {
  const asked = messages.findLast(({ role }) => role === 'human');
  const samples = (asked?.content ?? []).map((item) =>
    'utteranceId' in item ? speechOf(item.utteranceId).samples.length : 0,
  );
  return samples.reduce((sum, count) => sum + Math.ceil(count / samplesPerSegment), 0);
}
