import type { AssistantOptions, RunningAssistant } from './assistant-options.ts';

export type { AssistantOptions, HeardUtterance, HotkeySource, RunningAssistant } from './assistant-options.ts';

/**
 * Puts the assistant together for a shell: settings, history, voices, models, tools and turns around one engine.
 * Resolves once it can answer `getState`; the model may still be loading. Problems met on the way (a damaged
 * settings file, a locked database) do not reject: they are notices of the state.
 */
export type CreateAssistant = (options: AssistantOptions) => Promise<RunningAssistant>;
