import { connectCalls } from '../../contract/calls/call-client.ts';
import type { CallKinds } from '../../contract/calls/call-messages.ts';
import { serveCalls } from '../../contract/calls/call-server.ts';
import type { Channel } from '../../contract/channel.ts';
import type { Engine } from '../../contract/engine-contract.ts';

const kinds = {
  load: 'stream',
  unload: 'request',
  probeProviders: 'request',
  openUtterance: 'request',
  pushAudio: 'request',
  closeUtterance: 'request',
  releaseUtterance: 'request',
  reply: 'stream',
  speak: 'stream',
  lightVoices: 'request',
  memoryBytes: 'request',
} as const satisfies CallKinds;

/** The engine on a channel: every call takes an input and a signal. Disposing is ending the process. */
type EngineCalls = {
  [Name in keyof typeof kinds]: (
    input: Engine[Name] extends (signal: AbortSignal) => unknown ? object : Parameters<Engine[Name]>[0],
    signal: AbortSignal,
  ) => ReturnType<Engine[Name]>;
};

/** Answers calls with an engine of this process. */
export function serveEngine(
  channel: Channel,
  engine: Engine,
  onInternalError: (name: string, error: unknown) => void,
): () => void {
  const service: EngineCalls = {
    load: (request, signal) => engine.load(request, signal),
    unload: (_input, signal) => engine.unload(signal),
    probeProviders: (_input, signal) => engine.probeProviders(signal),
    openUtterance: (request, signal) => engine.openUtterance(request, signal),
    pushAudio: (request, signal) => engine.pushAudio(request, signal),
    closeUtterance: (request, signal) => engine.closeUtterance(request, signal),
    releaseUtterance: (request, signal) => engine.releaseUtterance(request, signal),
    reply: (request, signal) => engine.reply(request, signal),
    speak: (request, signal) => engine.speak(request, signal),
    lightVoices: (_input, signal) => engine.lightVoices(signal),
    memoryBytes: (_input, signal) => engine.memoryBytes(signal),
  };
  return serveCalls(channel, kinds, service, { onInternalError });
}

/** An engine in another process. */
export function connectEngine(channel: Channel, closedError: () => Error): Omit<Engine, 'dispose'> {
  const calls = connectCalls<EngineCalls>(channel, kinds, { closedError });
  return {
    ...calls,
    unload: (signal) => calls.unload({}, signal),
    probeProviders: (signal) => calls.probeProviders({}, signal),
    lightVoices: (signal) => calls.lightVoices({}, signal),
    memoryBytes: (signal) => calls.memoryBytes({}, signal),
  };
}
