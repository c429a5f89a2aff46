import type { IntentHandler } from './intent-handler.ts';
import { clockIntents } from './clock-intents.ts';
import { conversationIntents } from './conversation-intents.ts';
import { listIntents } from './list-intents.ts';
import { outsideIntents } from './outside-intents.ts';
import { timingIntents } from './timing-intents.ts';
import { voiceIntents } from './voice-intents.ts';
import { wordIntents } from './word-intents.ts';

/** What each intent means, by its name in models/starter/domain/intents.json. */
export const intentActions: ReadonlyMap<string, IntentHandler> = new Map(
  Object.entries({
    ...conversationIntents,
    ...clockIntents,
    ...timingIntents,
    ...listIntents,
    ...wordIntents,
    ...voiceIntents,
    ...outsideIntents,
  }),
);
