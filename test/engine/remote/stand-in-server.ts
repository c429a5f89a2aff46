import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { readWav } from '../../../engine/listen/wav-file.ts';

/** What the stand-in model wants to say, before the server's parsers. */
export interface ScriptedReply {
  readonly thoughts?: string;
  readonly text?: string;
  /** Speech tokens, four to each word of the text, as the models interleave them. */
  readonly codes?: readonly number[];
  readonly calls?: readonly { readonly name: string; readonly arguments: unknown }[];
  readonly finishReason?: string;
  /** Pause between pieces. */
  readonly pieceMs?: number;
}

/** How the server may misbehave, for the next `times` chats. */
export type Misbehaviour =
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly body?: string;
      readonly headers?: Record<string, string>;
    }
  /** Ends the connection after so many pieces, without a word. */
  | { readonly kind: 'drop'; readonly afterPieces: number }
  /** Ends the answer in order after so many pieces, without saying that it is finished. */
  | { readonly kind: 'end-early'; readonly afterPieces: number }
  /** Takes the request and says nothing. */
  | { readonly kind: 'silent' }
  | { readonly kind: 'stall'; readonly afterPieces: number }
  | { readonly kind: 'hang-up' }
  | { readonly kind: 'piece'; readonly text: string };

interface ContentPart {
  readonly type: string;
  readonly text?: string;
  readonly input_audio?: { readonly data: string };
}

export interface ChatBodyMessage {
  readonly role: string;
  readonly content?: string | readonly ContentPart[];
  readonly tts_content?: { readonly tts_text: string; readonly tts_audio: string };
  readonly tool_calls?: readonly {
    readonly function: { readonly name: string; readonly arguments: string };
  }[];
  readonly tool_call_id?: string;
}

export interface ChatBody {
  readonly model: string;
  readonly messages: readonly ChatBodyMessage[];
  readonly tools?: readonly unknown[];
  readonly stop?: readonly string[];
  readonly continue_final_message?: boolean;
  readonly add_generation_prompt?: boolean;
  readonly [field: string]: unknown;
}

export interface ReceivedChat {
  readonly body: ChatBody;
  readonly headers: IncomingMessage['headers'];
}

export interface StandInOptions {
  readonly models?: readonly string[];
  readonly key?: string;
  /** The parsers that vLLM is started with; without one, what it would find stands in the text. */
  readonly speechParser?: boolean;
  readonly toolParser?: boolean;
  readonly reasoningParser?: boolean;
  /** Answers whole although it was asked to stream. */
  readonly whole?: boolean;
}

/**
 * A server with OpenAI-compatible chat as vLLM is with this family of models: it checks requests as vLLM does, writes
 * the conversation out as the models' template does, and sends what a script says through the official parsers' fields.
 */
export class StandInServer {
  readonly chats: ReceivedChat[] = [];
  /** Chats whose client went away before they were answered. */
  abandoned = 0;
  /** Called for each chat that asks neither for a transcript nor for tags. */
  reply: (chat: ReceivedChat) => ScriptedReply = () => ({ text: 'Hello.' });
  transcript = 'what was said';
  tags = '';
  misbehaviour: { readonly what: Misbehaviour; times: number } | undefined;
  /** Bytes of each write; 0 = a piece at a time. */
  writeBytes = 0;
  options: StandInOptions;
  private readonly server = createServer((request, response) => void this.answer(request, response));

  private constructor(options: StandInOptions) {
    this.options = { models: ['step-audio-2-mini'], speechParser: true, toolParser: true, ...options };
  }

  static async start(options: StandInOptions = {}): Promise<StandInServer> {
    const standIn = new StandInServer(options);
    await new Promise<void>((resolve) => standIn.server.listen(0, '127.0.0.1', resolve));
    return standIn;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Chats that asked for a reply, not for a transcript or tags. */
  get conversations(): ReceivedChat[] {
    return this.chats.filter((chat) => this.asideOf(chat) === undefined);
  }

  misbehave(what: Misbehaviour, times = Infinity): void {
    this.misbehaviour = { what, times };
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = await bodyOf(request);
    const { key, models = [] } = this.options;
    const trouble = request.url === '/v1/chat/completions' ? this.trouble() : undefined;
    if (trouble?.kind === 'hang-up') return void request.socket.destroy();
    if (trouble?.kind === 'silent') {
      response.on('close', () => (this.abandoned += 1));
      return;
    }
    if (trouble?.kind === 'status') {
      response.writeHead(trouble.status, { 'content-type': 'application/json', ...trouble.headers });
      response.end(trouble.body ?? problem(trouble.status, 'so it was told'));
      return;
    }
    if (key !== undefined && request.headers.authorization !== `Bearer ${key}`) {
      return refuse(response, 401, 'Unauthorized');
    }
    if (request.url === '/v1/models') {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ object: 'list', data: models.map((id) => ({ id, object: 'model' })) }));
      return;
    }
    if (request.url !== '/v1/chat/completions') return refuse(response, 404, 'Not Found');
    const chat: ReceivedChat = { body: JSON.parse(text), headers: request.headers };
    this.chats.push(chat);
    const wrong = complaint(chat.body, models);
    if (wrong) return refuse(response, wrong.status, wrong.reason);
    const aside = this.asideOf(chat);
    const reply = aside === undefined ? this.reply(chat) : { text: aside };
    if (this.options.whole) return this.sendWhole(response, reply);
    await this.stream(response, reply, chat, trouble);
  }

  /** The answer to what is asked beside the conversation. */
  private asideOf({ body }: ReceivedChat): string | undefined {
    const instruction = String(body.messages[0]?.content);
    if (/记录/.test(instruction)) return this.transcript;
    return /one line for each/.test(instruction) ? this.tags : undefined;
  }

  private trouble(): Misbehaviour | undefined {
    const { misbehaviour } = this;
    if (!misbehaviour || misbehaviour.times <= 0) return undefined;
    misbehaviour.times -= 1;
    return misbehaviour.what;
  }

  private async stream(
    response: ServerResponse,
    reply: ScriptedReply,
    chat: ReceivedChat,
    trouble: Misbehaviour | undefined,
  ): Promise<void> {
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
    let isGone = false;
    response.on('close', () => {
      isGone = true;
      if (!response.writableEnded) this.abandoned += 1;
    });
    const pieces = this.pieces(reply, chat);
    for (const [index, piece] of pieces.entries()) {
      if (isGone) return;
      if (trouble && 'afterPieces' in trouble && index === trouble.afterPieces) {
        // What was written is to arrive before the connection breaks.
        await sleep(20);
        if (trouble.kind === 'drop') response.socket?.destroy();
        if (trouble.kind === 'end-early') response.end();
        return;
      }
      if (trouble?.kind === 'piece' && index === 1) await this.write(response, trouble.text);
      await this.write(response, `data: ${JSON.stringify(piece)}\n\n`);
      if (reply.pieceMs) await sleep(reply.pieceMs);
    }
    await this.write(response, 'data: [DONE]\n\n');
    response.end();
  }

  private async write(response: ServerResponse, text: string): Promise<void> {
    const bytes = Buffer.from(text);
    const step = this.writeBytes || bytes.length;
    for (let from = 0; from < bytes.length; from += step) {
      response.write(bytes.subarray(from, from + step));
      if (this.writeBytes > 0) await new Promise((resolve) => setImmediate(resolve));
    }
  }

  private sendWhole(response: ServerResponse, { text = '' }: ScriptedReply): void {
    response.setHeader('content-type', 'application/json');
    const choices = [{ index: 0, message: { role: 'assistant', content: text }, finish_reason: 'stop' }];
    response.end(JSON.stringify({ object: 'chat.completion', choices }));
  }

  /** As vLLM sends them: first the role, then piece by piece, the last with the reason why it ends. */
  private pieces(reply: ScriptedReply, chat: ReceivedChat): object[] {
    const { speechParser, toolParser, reasoningParser } = this.options;
    const last = chat.body.messages.at(-1)!;
    const begun = String(last.role === 'assistant' ? last.content : '');
    const isSpoken = begun.endsWith('<tts_start>');
    const stopsAtThoughts = (chat.body.stop ?? []).includes('</think>');
    const deltas: object[] = [{ role: 'assistant', content: '' }];
    if (reply.thoughts !== undefined && (begun === '' || stopsAtThoughts)) {
      const opening = begun === '' ? '<think>' : '';
      const closing = stopsAtThoughts ? '' : '</think>';
      const field = reasoningParser ? 'reasoning_content' : 'content';
      const written = reasoningParser ? reply.thoughts : `${opening}${reply.thoughts}${closing}`;
      for (const piece of inPieces(written)) deltas.push({ [field]: piece });
    }
    if (!stopsAtThoughts) {
      const words = inPieces(reply.text ?? '');
      const codes = isSpoken ? [...(reply.codes ?? [])] : [];
      for (let slot = 0; slot < Math.max(words.length, Math.ceil(codes.length / 4)); slot += 1) {
        const text = words[slot] ?? '';
        const audio = codes
          .slice(slot * 4, slot * 4 + 4)
          .map((code) => `<audio_${code}>`)
          .join('');
        if (isSpoken && speechParser)
          deltas.push({ tts_content: { tts_text: text, tts_audio: audio }, content: '' });
        else deltas.push({ content: isSpoken ? `${text || '<tts_pad>'}${audio || '<audio_6561>'}` : text });
      }
      if (isSpoken && !speechParser) deltas.push({ content: '<tts_end>' });
      for (const [index, call] of (reply.calls ?? []).entries()) {
        deltas.push(...(toolParser ? parsedCall(index, call) : writtenCall(call)));
      }
    }
    const finish =
      reply.finishReason ?? (toolParser && reply.calls && !stopsAtThoughts ? 'tool_calls' : 'stop');
    return [...deltas.map((delta) => chunk(delta, null)), chunk({ content: '' }, finish)];
  }
}

/** The models' tool parser: name first, then all arguments at once; for empty ones nothing more. */
function parsedCall(index: number, call: { name: string; arguments: unknown }): object[] {
  const written = JSON.stringify(call.arguments);
  const named = { index, id: `chatcmpl-tool-${index}`, type: 'function', function: { name: call.name } };
  const pieces: object[] = [{ tool_calls: [named] }];
  if (written !== '{}') pieces.push({ tool_calls: [{ index, function: { arguments: written } }] });
  return pieces;
}

function writtenCall(call: { name: string; arguments: unknown }): object[] {
  const text = `<tool_call>function  \n${call.name}  \n${JSON.stringify(call.arguments)}</tool_call>`;
  return inPieces(text).map((content) => ({ content }));
}

function chunk(delta: object, finishReason: string | null): object {
  const choices = [{ index: 0, delta, logprobs: null, finish_reason: finishReason }];
  return { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model: 'm', choices };
}

/** Pieces of a few characters that are joined to the whole. */
function inPieces(text: string): string[] {
  return text.match(/\s*\S{1,6}/gu) ?? (text === '' ? [] : [text]);
}

/** What vLLM, with the models' own template, answers a request that it cannot use. */
function complaint(
  body: ChatBody,
  models: readonly string[],
): { status: number; reason: string } | undefined {
  const bad = (reason: string) => ({ status: 400, reason });
  if (!models.includes(body.model)) {
    return { status: 404, reason: `The model \`${body.model}\` does not exist.` };
  }
  if (body.continue_final_message === body.add_generation_prompt) {
    return bad('One of `continue_final_message` and `add_generation_prompt` must be True.');
  }
  for (const { content, tts_content: spoken } of body.messages) {
    if (spoken && !('tts_text' in spoken && 'tts_audio' in spoken))
      return bad('tts_text/tts_audio must be there');
    for (const { type, input_audio: sound } of typeof content === 'object' ? content : []) {
      if (type !== 'input_audio') continue;
      const { channels, sampleRate } = readWav(Buffer.from(sound!.data, 'base64'));
      const fits = channels.length === 1 && sampleRate === 16_000 && channels[0]!.length <= 25 * 16_000;
      if (!fits) return bad('this sound does not fit');
    }
  }
  return undefined;
}

/** The prompt that a request becomes, `<sound>` for each piece of sound. */
export function promptOf({ body }: ReceivedChat): string {
  const tools = body.tools ? `<|BOT|>tool_json_schemas\n${JSON.stringify(body.tools)}<|EOT|>` : '';
  const written = body.messages.map((message, index) => {
    const isOpen = body.continue_final_message && index === body.messages.length - 1;
    return `<|BOT|>${message.role}\n${contentOf(message)}${isOpen ? '' : '<|EOT|>'}${index === 0 ? tools : ''}`;
  });
  return written.join('') + (body.add_generation_prompt ? '<|BOT|>assistant\n' : '');
}

function contentOf({ content = '', tts_content: spoken, tool_calls: calls = [] }: ChatBodyMessage): string {
  const parts = typeof content === 'string' ? [{ type: 'text', text: content }] : content;
  return [
    spoken ? `<tts_start>${spoken.tts_text}|${spoken.tts_audio}<tts_end>` : '',
    ...parts.map((part) => (part.type === 'input_audio' ? '<sound>' : part.text)),
    ...calls.map(({ function: call }) => `<tool_call>function\n${call.name}\n${call.arguments}</tool_call>`),
  ].join('');
}

function refuse(response: ServerResponse, status: number, reason: string): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(problem(status, reason));
}

function problem(status: number, reason: string): string {
  return JSON.stringify({
    object: 'error',
    message: reason,
    type: 'BadRequestError',
    param: null,
    code: status,
  });
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of request) pieces.push(piece as Uint8Array);
  return Buffer.concat(pieces).toString();
}
