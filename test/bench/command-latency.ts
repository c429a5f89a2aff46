import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { RunningAssistant } from '../../assistant/start-assistant.ts';
import type { MonoSound } from '../../assistant/sound-file.ts';

/** Root mean square above which a listener hears a sample block begin. */
const audibleLevel = 0.003;
const blockMs = 10;
const chunkMs = 40;

export interface CommandLatency {
  /** Key-up to the first sample that can be heard, silence before it included. */
  readonly firstSoundMs: number;
  readonly endMs: number;
  readonly heardMs: number;
}

export interface CommandLatencies {
  readonly commands: readonly CommandLatency[];
  /** How late the assistant's own event loop answered while turns ran. */
  readonly loopDelayP99Ms: number;
  readonly unanswered: number;
}

/** Speaks each command at the speed of a person into the assistant and measures from the moment the key comes up. */
export async function commandLatencies(
  running: RunningAssistant,
  commands: readonly MonoSound[],
): Promise<CommandLatencies> {
  const loop = monitorEventLoopDelay({ resolution: 5 });
  loop.enable();
  const measured: CommandLatency[] = [];
  let unanswered = 0;
  for (const command of commands) {
    const latency = await oneCommand(running, command);
    if (latency) measured.push(latency);
    else unanswered += 1;
  }
  loop.disable();
  return { commands: measured, loopDelayP99Ms: loop.percentile(99) / 1e6, unanswered };
}

async function oneCommand(
  { assistant }: RunningAssistant,
  sound: MonoSound,
): Promise<CommandLatency | undefined> {
  const signal = new AbortController().signal;
  const following = new AbortController();
  let releasedAt = 0;
  let heardMs = 0;
  let firstSoundMs: number | undefined;
  const watch = (async () => {
    for await (const event of assistant.events({}, following.signal)) {
      if (event.type !== 'turn' || releasedAt === 0) continue;
      const sinceMs = performance.now() - releasedAt;
      if (event.event.type === 'heard') heardMs = sinceMs;
      else if (event.event.type === 'audio-delta') {
        const silent = leadingSilenceMs(event.event.samples, event.event.sampleRate);
        if (silent !== undefined) firstSoundMs ??= sinceMs + silent;
      } else if (event.event.type === 'turn-end') return;
    }
  })();
  const { utteranceId } = await assistant.startListening({ sampleRate: sound.sampleRate }, signal);
  const chunk = Math.round((sound.sampleRate * chunkMs) / 1000);
  const startedAt = performance.now();
  for (let start = 0; start < sound.samples.length; start += chunk) {
    const dueInMs = startedAt + ((start + chunk) / sound.sampleRate) * 1000 - performance.now();
    if (dueInMs > 0) await new Promise((resolve) => setTimeout(resolve, dueInMs));
    await assistant.pushAudio({ utteranceId, samples: sound.samples.slice(start, start + chunk) }, signal);
  }
  releasedAt = performance.now();
  await assistant.finishListening({ utteranceId }, signal);
  await watch;
  const endMs = performance.now() - releasedAt;
  following.abort();
  return firstSoundMs === undefined ? undefined : { firstSoundMs, endMs, heardMs };
}

/** Milliseconds before the first audible block; undefined when there is none. */
function leadingSilenceMs(samples: Float32Array, sampleRate: number): number | undefined {
  const block = Math.round((sampleRate * blockMs) / 1000);
  for (let start = 0; start < samples.length; start += block) {
    const part = samples.subarray(start, start + block);
    const level = Math.sqrt(part.reduce((sum, sample) => sum + sample * sample, 0) / part.length);
    if (level > audibleLevel) return (start / sampleRate) * 1000;
  }
  return undefined;
}
