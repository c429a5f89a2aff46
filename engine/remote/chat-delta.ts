import { z } from 'zod';

const text = z.string().nullish();

/** A piece of a tool call; pieces of one call share an index. */
const toolCallPiece = z.object({
  index: z.number().int().min(0).max(100).nullish(),
  id: text,
  function: z.object({ name: text, arguments: text }).nullish(),
});

/** What a piece of a reply may bring: `delta` in a stream, `message` where the whole reply comes at once. */
const message = z.object({
  content: text,
  /** The speech parser's field: words, and speech tokens as `<audio_17><audio_4>`. */
  tts_content: z.object({ tts_text: text, tts_audio: text }).nullish(),
  /** The reasoning parser's field, under its older and its newer name. */
  reasoning_content: text,
  reasoning: text,
  tool_calls: z.array(toolCallPiece).nullish(),
});

const chunk = z.object({
  choices: z.array(z.object({ delta: message.nullish(), message: message.nullish(), finish_reason: text })),
});

export interface ToolCallPiece {
  readonly index: number;
  readonly name: string;
  readonly arguments: string;
}

/** One piece of a reply; empty strings where it brings nothing. */
export interface ChatDelta {
  readonly text: string;
  /** Words of the speech section. */
  readonly spokenText: string;
  readonly speechTokens: string;
  readonly thinking: string;
  readonly toolCalls: readonly ToolCallPiece[];
  /** Why the reply ends: `stop`, `length`, `tool_calls`; empty while it goes on. */
  readonly finishReason: string;
}

/** The words of an error, wherever a server puts them; undefined when this is none. */
export function errorWords(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { error, message: words, detail, object } = value as Record<string, unknown>;
  if (typeof error === 'string') return error;
  if (typeof error === 'object' && error !== null)
    return errorWords({ ...error, object: 'error' }) ?? 'unknown';
  if (object === 'error' || detail !== undefined) {
    if (typeof words === 'string') return words;
    return typeof detail === 'string' ? detail : JSON.stringify(detail ?? 'unknown');
  }
  return undefined;
}

/** @throws ZodError or SyntaxError when the data is no piece of a reply */
export function parseDelta(value: unknown): ChatDelta {
  const [choice] = chunk.parse(value).choices;
  const piece = choice?.delta ?? choice?.message;
  return {
    text: piece?.content ?? '',
    spokenText: piece?.tts_content?.tts_text ?? '',
    speechTokens: piece?.tts_content?.tts_audio ?? '',
    thinking: piece?.reasoning_content ?? piece?.reasoning ?? '',
    toolCalls: (piece?.tool_calls ?? []).map((call, position) => ({
      index: call.index ?? position,
      name: call.function?.name ?? '',
      arguments: call.function?.arguments ?? '',
    })),
    finishReason: choice?.finish_reason ?? '',
  };
}
