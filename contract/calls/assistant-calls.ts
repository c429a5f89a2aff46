import { assistantContract, type Assistant, type AssistantContract } from '../assistant-contract.ts';
import type { Channel } from '../channel.ts';
import { UserError } from '../user-errors.ts';
import { connectCalls } from './call-client.ts';
import type { CallKinds } from './call-messages.ts';
import { serveCalls } from './call-server.ts';

const kinds: CallKinds = Object.fromEntries(
  Object.entries(assistantContract).map(([name, call]) => [name, call.kind]),
);

/** Answers an interface's calls; every input is validated against the contract first. */
export function serveAssistant(
  channel: Channel,
  assistant: Assistant,
  onInternalError: (name: string, error: unknown) => void,
): () => void {
  return serveCalls(channel, kinds, assistant, { parseInput, onInternalError });
}

/** The assistant as an interface sees it. */
export function connectAssistant(channel: Channel): Assistant {
  return connectCalls<Assistant>(channel, kinds);
}

function parseInput(name: string, input: unknown): unknown {
  const parsed = assistantContract[name as keyof AssistantContract].input.safeParse(input);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new UserError('bad-request', {
    call: name,
    field: issue?.path.join('.') ?? '',
    problem: issue?.message ?? '',
  });
}
