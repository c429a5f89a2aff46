import type { RemoteModel } from '../../contract/engine-contract.ts';
import type { RemoteReport } from '../../contract/remote-report.ts';
import { ChatClient, type ChatRequest } from './chat-client.ts';
import { audioParts, begunReply, type ChatMessage } from './chat-messages.ts';
import { RemoteError } from './remote-error.ts';
import { ReplyReader } from './reply-reader.ts';
import { SPECIAL_TOKENS } from '../reason/special-tokens.ts';
import type { Patience } from './remote-connection.ts';

/** Enough for the first slots of a spoken reply. */
const spokenTokens = 16;
const hum = { hertz: 150, seconds: 0.5, sampleRate: 16_000 };

/**
 * Whether the server answers, knows the model, takes sound and gives speech tokens. Nothing that anybody said is sent.
 *
 * @throws UserError remote-*
 */
export async function testConnection(
  remote: RemoteModel,
  signal: AbortSignal,
  patience?: Patience,
): Promise<RemoteReport> {
  const client = new ChatClient(remote, patience);
  try {
    const models = await served(client, remote.model, signal);
    const started = performance.now();
    const greeting: ChatMessage[] = [{ role: 'human', content: 'Say hello.' }];
    const { firstAnswerMs, codes } = await ask(client, asSpoken(greeting), started, signal);
    return {
      host: client.address.host,
      model: remote.model,
      models,
      firstAnswerMs,
      isEncrypted: client.address.isEncrypted,
      hears: await takesSound(client, signal),
      speaks: codes > 0,
    };
  } finally {
    await client.close();
  }
}

/** The names on the server's list; none where it keeps no list. */
async function served(client: ChatClient, model: string, signal: AbortSignal): Promise<string[]> {
  let models: string[];
  try {
    models = await client.models(signal);
  } catch (error) {
    if (error instanceof RemoteError && error.code === 'remote-not-understood') return [];
    throw error;
  }
  if (models.includes(model)) return models;
  throw new RemoteError('remote-model-missing', {
    host: client.address.host,
    model,
    served: models.join(', '),
  });
}

function asSpoken(messages: readonly ChatMessage[]): ChatRequest {
  return {
    messages: [...messages, begunReply(SPECIAL_TOKENS.speechStart)],
    continue_final_message: true,
    add_generation_prompt: false,
    skip_special_tokens: false,
    max_tokens: spokenTokens,
    temperature: 0,
  };
}

async function takesSound(client: ChatClient, signal: AbortSignal): Promise<boolean> {
  const request: ChatRequest = {
    messages: [{ role: 'human', content: audioParts(humming()) }],
    continue_final_message: false,
    add_generation_prompt: true,
    max_tokens: 1,
    temperature: 0,
  };
  try {
    await ask(client, request, performance.now(), signal);
    return true;
  } catch (error) {
    // What it cannot take it refuses as a bad request.
    if (error instanceof RemoteError && error.details['status'] === 400) return false;
    throw error;
  }
}

async function ask(
  client: ChatClient,
  request: ChatRequest,
  started: number,
  signal: AbortSignal,
): Promise<{ firstAnswerMs: number; codes: number }> {
  const reader = new ReplyReader({ offeredTools: new Set() });
  let firstAnswerMs: number | undefined;
  const events = [];
  for await (const delta of client.reply(request, signal)) {
    firstAnswerMs ??= Math.round(performance.now() - started);
    events.push(...reader.push(delta));
  }
  events.push(...reader.finish());
  return {
    firstAnswerMs: firstAnswerMs ?? 0,
    codes: events.filter(({ type }) => type === 'speech').length,
  };
}

/** A made-up sound. */
function humming(): Float32Array {
  const { hertz, seconds, sampleRate } = hum;
  return Float32Array.from(
    { length: seconds * sampleRate },
    (_, sample) => 0.1 * Math.sin((2 * Math.PI * hertz * sample) / sampleRate),
  );
}
