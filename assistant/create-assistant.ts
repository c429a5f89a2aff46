import type { AssistantOptions, RunningAssistant } from './assistant-options.ts';
import { assistantService } from './assistant-service.ts';
import { hear } from './hearing.ts';
import { selectedModelId } from './models/remote-selection.ts';
import { speakRequest } from './turns/speech-output.ts';
import { putTogether } from './put-together.ts';

export type {
  AssistantOptions,
  HeardUtterance,
  HotkeySource,
  RunningAssistant,
} from './assistant-options.ts';

/**
 * Puts the assistant together for a shell: settings, history, voices, models, tools and turns around one engine.
 * Resolves once it can answer `getState`; the model may still be loading. Problems met on the way (a damaged
 * settings file, a locked database) do not reject: they are notices of the state.
 */
export async function createAssistant(options: AssistantOptions): Promise<RunningAssistant> {
  const { report = () => {} } = options;
  const background = new AbortController();
  const parts = putTogether(options);
  const { engine, settings, models, library, voices, coordinator, feed, publish, stores } = parts;
  const { histories } = parts;

  const inBackground = (what: string, work: () => Promise<void>) =>
    work().catch((error: unknown) => {
      if (!background.signal.aborted) report(what, error);
    });
  if (options.loadModelAtStart ?? true) {
    void inBackground('load the model at start', async () => {
      await models.ensureLoaded(selectedModelId(settings.get()), background.signal);
    });
  }
  const voicesTaken = inBackground('list the voices', async () => {
    voices.takeRecordings(parts.recordedVoices.list());
    voices.take(await engine.lightVoices(background.signal));
    parts.clipVoices.library.purge();
    publish({ type: 'voices-changed' });
  });
  const stopHotkey = options.hotkey?.onChange(() => publish({ type: 'state', state: parts.state() }));
  stores.startRinging();
  if (options.shell !== 'command-line') parts.toolParts.knowledge.start();

  return {
    assistant: assistantService(parts),
    hear: async (utterance, signal) => {
      await models.ensureLoaded(selectedModelId(settings.get()), signal);
      return hear(engine, utterance, signal);
    },
    say: ({ text, voiceId, speakingRate }, signal) => {
      const usual = speakRequest(text, settings.get());
      const chosen = { voiceId: voiceId ?? usual.voiceId, speakingRate: speakingRate ?? usual.speakingRate };
      return engine.speak({ ...usual, ...chosen }, signal);
    },
    dispose: async () => {
      stopHotkey?.();
      stores.stop();
      coordinator.stop();
      parts.background.cancelAll();
      background.abort(new DOMException('Sotto is closing.', 'AbortError'));
      await coordinator.settled();
      await library.close();
      await models.close();
      await voicesTaken;
      await parts.toolParts.close();
      feed.close();
      await engine.dispose();
      histories.close();
      parts.close();
    },
  };
}
