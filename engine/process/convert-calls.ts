import { connectCalls } from '../../contract/calls/call-client.ts';
import type { CallKinds } from '../../contract/calls/call-messages.ts';
import { serveCalls } from '../../contract/calls/call-server.ts';
import type { Channel } from '../../contract/channel.ts';
import type {
  ConversionEvent,
  ConversionRequest,
  VerificationEvent,
} from '../../contract/model-conversion.ts';

const kinds = { convert: 'stream', verify: 'stream' } as const satisfies CallKinds;

/** The converter on a channel. */
export interface ConverterCalls {
  convert(request: ConversionRequest, signal: AbortSignal): AsyncIterable<ConversionEvent>;
  verify(request: { packageFolder: string }, signal: AbortSignal): AsyncIterable<VerificationEvent>;
}

export function serveConverter(
  channel: Channel,
  service: ConverterCalls,
  onInternalError: (name: string, error: unknown) => void,
): () => void {
  return serveCalls(channel, kinds, { ...service }, { onInternalError });
}

export function connectConverter(channel: Channel, closedError: () => Error): ConverterCalls {
  return connectCalls<{ [Name in keyof ConverterCalls]: ConverterCalls[Name] }>(channel, kinds, {
    closedError,
  });
}
