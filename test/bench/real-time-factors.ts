import type { RunningAssistant } from '../../assistant/start-assistant.ts';
import type { MonoSound } from '../../assistant/sound-file.ts';

/** Seconds of work per second of sound, by stage, summed over all recordings. */
export async function listeningFactors(
  running: RunningAssistant,
  sounds: readonly MonoSound[],
): Promise<Map<string, number>> {
  const signal = new AbortController().signal;
  const spentMs = new Map<string, number>();
  let soundMs = 0;
  for (const sound of sounds) {
    const { timings } = await running.hear({ ...sound, task: 'transcribe' }, signal);
    for (const [stage, milliseconds] of Object.entries(timings))
      spentMs.set(stage, (spentMs.get(stage) ?? 0) + milliseconds);
    soundMs += (sound.samples.length / sound.sampleRate) * 1000;
  }
  return new Map([...spentMs].map(([stage, milliseconds]) => [stage, milliseconds / soundMs]));
}

/** Seconds of work per second of speech made by the light voice. */
export async function speakingFactor(running: RunningAssistant, texts: readonly string[]): Promise<number> {
  const signal = new AbortController().signal;
  const startedAt = performance.now();
  let soundMs = 0;
  for (const text of texts) {
    for await (const { samples, sampleRate } of running.say({ text }, signal))
      soundMs += (samples.length / sampleRate) * 1000;
  }
  return (performance.now() - startedAt) / soundMs;
}
