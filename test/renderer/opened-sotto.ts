import { serveAssistant } from '../../contract/calls/assistant-calls.ts';
import { memoryChannelPair } from '../../contract/calls/memory-channel.ts';
import type { Channel } from '../../contract/channel.ts';
import type { Settings } from '../../contract/settings.ts';
import { Sotto } from '../../renderer/state/sotto.svelte.ts';
import { FakeDevices } from './fake-devices.ts';
import { ScriptedAssistant } from './scripted-assistant.ts';
import { livedInScript, type Script } from './scripts.ts';

export interface OpenedSotto {
  readonly sotto: Sotto;
  readonly assistant: ScriptedAssistant;
  readonly devices: FakeDevices;
  /** The assistant's end of the line. */
  readonly line: { current: Channel | undefined };
}

/** An interface connected to a scripted assistant, on fake devices. Fails on the assistant's programming errors. */
export async function openSotto(
  settings: Partial<Settings> = {},
  script: Script = livedInScript(Date.now()),
): Promise<OpenedSotto> {
  // jsdom's own structuredClone makes arrays of another realm.
  globalThis.structuredClone = cloneMessage;
  const assistant = new ScriptedAssistant(script, settings);
  const devices = new FakeDevices();
  const line: OpenedSotto['line'] = { current: undefined };
  const sotto = new Sotto({
    openChannel: async () => {
      const [here, there] = memoryChannelPair();
      serveAssistant(there, assistant, (name, error) => {
        throw new Error(`${name} failed`, { cause: error });
      });
      line.current = there;
      return here;
    },
    devices,
    storage: undefined,
    systemLanguages: ['en'],
    locks: undefined,
  });
  await sotto.start();
  await settle();
  return { sotto, assistant, devices, line };
}

function cloneMessage<T>(value: T): T {
  if (value instanceof Float32Array) return value.slice() as T;
  if (Array.isArray(value)) return value.map(cloneMessage) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, cloneMessage(child)])) as T;
}

/** Lets messages in flight arrive. */
export async function settle(milliseconds = 20): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
}
