import type { PromptMessage, ReplyRequest } from '../../contract/engine-contract.ts';
import { writeWav } from '../listen/wav-file.ts';
import { splitToolCalls } from '../reason/tool-calls.ts';
import type { Speech } from '../recognise/hearing.ts';
import type { ReplyMode } from '../step-audio/reply-mode.ts';
import { withoutControl } from './control-text.ts';
import type { SpokenReplies } from './spoken-replies.ts';

const sampleRate = 16_000;
/** The models take sound in pieces of at most 25 s; the server does not cut. */
const longestPiece = 25 * sampleRate;

export type ContentPart =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'input_audio'; readonly input_audio: { readonly data: string; readonly format: 'wav' } };

/** A message as the official client of these models writes it, in its own roles. */
export interface ChatMessage {
  readonly role: string;
  readonly content?: string | readonly ContentPart[];
  /** A spoken reply of before: its words and its speech tokens. */
  readonly tts_content?: { readonly tts_text: string; readonly tts_audio: string };
  readonly tool_calls?: readonly ChatToolCall[];
  readonly tool_call_id?: string;
}

interface ChatToolCall {
  readonly id: string;
  readonly type: 'function';
  readonly function: { readonly name: string; readonly arguments: string };
}

export type SpeechOf = (utteranceId: string) => Speech;

/** The conversation for the server; of a task that is no conversation only what is asked. */
export function chatMessages(
  request: ReplyRequest,
  mode: ReplyMode,
  speechOf: SpeechOf,
  spoken: SpokenReplies,
): ChatMessage[] {
  const asked = request.messages.findLast(({ role }) => role === 'human');
  const messages = mode.conversational ? request.messages : asked ? [asked] : [];
  const written: ChatMessage[] = mode.instruction ? [{ role: 'system', content: mode.instruction }] : [];
  const openCalls: string[] = [];
  for (const message of messages) {
    if (message.role === 'assistant') {
      const reply = assistantMessage(textOf(message), written.length, spoken);
      openCalls.splice(0, Infinity, ...(reply.tool_calls ?? []).map(({ id }) => id));
      written.push(reply);
    } else if (message.role === 'input') {
      const id = openCalls.shift();
      const content = withoutControl(textOf(message));
      written.push({ role: 'input', content, ...(id === undefined ? {} : { tool_call_id: id }) });
    } else if (message.role === 'human') {
      written.push({ role: 'human', content: humanContent(message, message === asked, speechOf) });
    } else {
      written.push({ role: message.role, content: textOf(message) });
    }
  }
  return written;
}

/** The reply opens with this; the server goes on with it instead of beginning a message. */
export function begunReply(content: string): ChatMessage & { readonly eot: false } {
  return { role: 'assistant', content, eot: false };
}

/** Sound before words, as the models were trained on it. What was said before goes as its words where they are known. */
function humanContent(message: PromptMessage, isAsked: boolean, speechOf: SpeechOf): string | ContentPart[] {
  const sound: ContentPart[] = [];
  const words: string[] = [];
  for (const item of message.content) {
    if (!('utteranceId' in item)) {
      if ('text' in item) words.push(item.text);
    } else if (item.text && !isAsked) {
      words.push(item.text);
    } else {
      sound.push(...audioParts(speechOf(item.utteranceId).samples));
    }
  }
  const text = withoutControl(words.join('\n'));
  if (sound.length === 0) return text;
  return text === '' ? sound : [...sound, { type: 'text', text }];
}

/** @param samples 16 kHz mono */
export function audioParts(samples: Float32Array): ContentPart[] {
  const parts: ContentPart[] = [];
  for (let from = 0; from < samples.length; from += longestPiece) {
    const wav = writeWav(samples.subarray(from, from + longestPiece), sampleRate);
    const data = Buffer.from(wav).toString('base64');
    parts.push({ type: 'input_audio', input_audio: { data, format: 'wav' } });
  }
  return parts;
}

function assistantMessage(text: string, position: number, spoken: SpokenReplies): ChatMessage {
  const { content, calls } = splitToolCalls(text);
  const said = calls.length === 0 ? text : content;
  const tokens = spoken.tokensOf(said);
  const words: Partial<ChatMessage> =
    tokens === undefined
      ? { content: said }
      : { content: '', tts_content: { tts_text: said, tts_audio: tokens } };
  if (calls.length === 0) return { role: 'assistant', ...words };
  const toolCalls = calls.map((call, index) => ({
    id: `call-${position}-${index}`,
    type: 'function' as const,
    function: { name: call.name, arguments: JSON.stringify(call.arguments) },
  }));
  return { role: 'assistant', ...words, tool_calls: toolCalls };
}

/** Tokens of another model's reply mean nothing to a server, which is told words. */
function textOf({ content }: PromptMessage): string {
  return content.map((item) => ('text' in item ? (item.text ?? '') : '')).join('');
}
