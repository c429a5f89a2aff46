import type { Sampling, ToolSchema } from '../../contract/engine-contract.ts';
import { SPECIAL_TOKENS } from '../reason/special-tokens.ts';
import type { ChatRequest } from './chat-client.ts';
import { begunReply, type ChatMessage } from './chat-messages.ts';

/** What every request of the official client says. */
const always = { skip_special_tokens: false, parallel_tool_calls: false, frequency_penalty: 0 } as const;
const longestThoughtTokens = 2048;

export interface ReplyWish {
  readonly messages: readonly ChatMessage[];
  readonly tools: readonly ToolSchema[];
  /** The tools stay in the prompt, but none may be called. */
  readonly toolsClosed: boolean;
  readonly sampling: Sampling;
  /** Whether the same seed is to give the same reply. */
  readonly isSeeded: boolean;
  /** In words and speech tokens. */
  readonly isSpoken: boolean;
}

export function replyRequest(wish: ReplyWish): ChatRequest {
  return requestOf(wish, wish.isSpoken ? SPECIAL_TOKENS.speechStart : '');
}

/** The first half of a reply of a model that thinks; ends with its last thought. */
export function thinkingRequest(wish: ReplyWish): ChatRequest {
  const request = requestOf({ ...wish, toolsClosed: true }, SPECIAL_TOKENS.thinkStart);
  return { ...request, stop: [SPECIAL_TOKENS.thinkEnd], max_tokens: longestThoughtTokens };
}

/** The second half: what it says after these thoughts. */
export function afterThinkingRequest(wish: ReplyWish, thoughts: string): ChatRequest {
  const { thinkStart, thinkEnd, speechStart } = SPECIAL_TOKENS;
  return requestOf(wish, `${thinkStart}${thoughts}${thinkEnd}\n\n${wish.isSpoken ? speechStart : ''}`);
}

/** `begun` is how the reply begins; empty: the server begins it. */
function requestOf(wish: ReplyWish, begun: string): ChatRequest {
  const { messages, tools, toolsClosed, sampling, isSeeded } = wish;
  return {
    ...always,
    messages: begun === '' ? messages : [...messages, begunReply(begun)],
    continue_final_message: begun !== '',
    add_generation_prompt: begun === '',
    ...(tools.length === 0 ? {} : { tools, tool_choice: toolsClosed ? 'none' : 'auto' }),
    temperature: sampling.temperature,
    top_p: sampling.topP,
    top_k: sampling.topK,
    repetition_penalty: sampling.repetitionPenalty,
    max_tokens: sampling.maxNewTokens,
    ...(isSeeded ? { seed: sampling.seed } : {}),
  };
}
