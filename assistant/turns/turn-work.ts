import type { Phase } from '../../contract/app-events.ts';
import type { Engine, ModelDescription, SpokenVoice } from '../../contract/engine-contract.ts';
import type { Settings } from '../../contract/settings.ts';
import type { Tag } from '../../contract/tags.ts';
import type { WordingContext } from '../phrasebook/outcome.ts';
import type { ToolContext } from '../tools/tool-context.ts';
import type { ToolRegistry } from '../tools/tool-registry.ts';
import type { ConversationMemory } from './conversation-memory.ts';
import type { LiveTurn } from './live-turn.ts';
import type { SpeechOutput } from './speech-output.ts';
import type { SpeechPlan } from './speech-plan.ts';
import type { ToolCall, ToolRunner } from './tool-runner.ts';

/** What the person put in: an utterance the engine holds, or typed words. */
export type TurnInput = { readonly utteranceId: string } | { readonly text: string };

/** Everything that answering one turn needs. */
export interface TurnWork {
  readonly turn: LiveTurn;
  readonly input: TurnInput;
  readonly model: ModelDescription;
  readonly plan: SpeechPlan;
  /** The voice that is set, for models that speak by themselves. */
  readonly spokenVoice: () => SpokenVoice;
  readonly engine: Engine;
  readonly settings: () => Settings;
  /** Takes in how the person sounds; nothing where that is switched off. */
  readonly hearTags: (tags: readonly Tag[]) => void;
  readonly memory: ConversationMemory;
  /** The call that the turn before wanted consent for. */
  readonly pendingCall: ToolCall | undefined;
  /** What the interruption of the turn before cut off. */
  readonly unsaid: string;
  readonly registry: ToolRegistry;
  readonly toolContext: ToolContext;
  readonly tools: ToolRunner;
  readonly speech: SpeechOutput;
  readonly wording: () => WordingContext;
  readonly setPhase: (phase: Phase) => void;
  /** The next call of a tool needs no question: the person has just said yes. */
  readonly agree: () => void;
}
