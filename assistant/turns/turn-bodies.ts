import type { Engine, ModelDescription, UtteranceSummary } from '../../contract/engine-contract.ts';
import type { Phase } from '../../contract/app-events.ts';
import type { TalkTask } from '../../contract/settings.ts';
import type { Tag } from '../../contract/tags.ts';
import { UserError } from '../../contract/user-errors.ts';
import type { OpenSubject, ToolContext } from '../tools/tool-context.ts';
import type { ToolRegistry } from '../tools/tool-registry.ts';
import type { ModelHost } from '../models/model-host.ts';
import type { RecordedVoices } from '../voices/recorded-voices.ts';
import { selectedModelId } from '../models/remote-selection.ts';
import type { WordingContext } from '../phrasebook/outcome.ts';
import { wordReply } from '../phrasebook/word-reply.ts';
import { answerByIntent } from './answer-by-intent.ts';
import { answerInOwnWords } from './answer-in-own-words.ts';
import type { BackgroundJob, BackgroundTools } from './background-tools.ts';
import { carryOutTask } from './carry-out-task.ts';
import type { KeptHistories } from '../kept-histories.ts';
import { hearTags } from '../tags/hear-tags.ts';
import { NOTHING_HEARD } from './nothing-heard.ts';
import { ConsentingOpener } from './consenting-opener.ts';
import type { Consents } from './consents.ts';
import type { LiveTurn, TurnOutcome } from './live-turn.ts';
import type { OpenUtterance } from './open-utterance.ts';
import { PlaybackClock } from './playback-clock.ts';
import { SpeechOutput } from './speech-output.ts';
import { speechPlan } from './speech-plan.ts';
import { ToolRunner, type ToolOutcome } from './tool-runner.ts';
import { toolContext, type ToolSurroundings } from './tool-services.ts';
import type { TurnBody, TurnEnd } from './turn-coordinator.ts';
import { turnTask, type TurnTask } from './turn-task.ts';
import type { TurnInput, TurnWork } from './turn-work.ts';

/** A key held at least this long without a word deserves an answer; a shorter press was a slip. */
const DESERVES_ANSWER_SECONDS = 1;
const HEARD_SAMPLE_RATE = 16_000;

export interface TurnBodiesOptions extends ToolSurroundings {
  readonly histories: KeptHistories;
  readonly engine: Engine;
  readonly models: ModelHost;
  readonly registry: ToolRegistry;
  readonly recordedVoices: RecordedVoices;
  readonly consents: Consents;
  readonly background: BackgroundTools;
  /** How long a turn waits for a tool that may take long. */
  readonly toolPatienceMs: number;
  readonly open: (subject: OpenSubject, signal: AbortSignal) => Promise<void>;
  readonly speechLeadMs: number;
  readonly setPhase: (turn: LiveTurn, phase: Phase) => void;
}

interface Question {
  readonly input: TurnInput;
  readonly utterance?: OpenUtterance;
  /** What was measured beside the words. */
  readonly tags?: readonly Tag[] | undefined;
  readonly asked: Partial<TurnTask>;
}

/** What the three kinds of turns do: spoken, typed, unasked. */
export class TurnBodies {
  private readonly options: TurnBodiesOptions;

  constructor(options: TurnBodiesOptions) {
    this.options = options;
  }

  spoken(utterance: OpenUtterance, asked: Partial<TurnTask> = {}): TurnBody {
    return async (turn, signal) => {
      const summary = await utterance.close(this.measuresTags(), signal);
      turn.myAudio(summary.samples, HEARD_SAMPLE_RATE, summary.speechSeconds);
      const isHeard =
        summary.verdict === 'speech' ||
        (summary.verdict === 'no-speech' && (await this.takesAnySound(asked, signal)));
      if (!isHeard) return this.nothingHeard(turn, summary, signal);
      const { tags } = summary;
      return this.answer(turn, { input: { utteranceId: utterance.id }, utterance, tags, asked }, signal);
    };
  }

  typed(text: string, asked: Partial<TurnTask> = {}): TurnBody {
    return async (turn, signal) => {
      turn.heard(text, false, 1);
      return this.answer(turn, { input: { text }, asked }, signal);
    };
  }

  /** A timer, an alarm or a reminder says what it is for. */
  unasked(text: string, title: string): TurnBody {
    return async (turn, signal) => {
      turn.titled(title);
      const speech = this.speech(turn);
      await speech.say(text, signal);
      await speech.finish(signal);
      return 'completed';
    };
  }

  /** A tool that went on behind the conversation has ended. */
  finished({ call, callId, leavesMachine }: BackgroundJob, outcome: ToolOutcome): TurnBody {
    return async (turn, signal) => {
      turn.titled(call.tool);
      const shared = { callId: `${callId}-ended`, name: call.tool };
      turn.toolStart({ ...shared, arguments: { ...call.arguments }, leavesMachine });
      if (outcome.ok) turn.toolEnd({ ...shared, result: outcome.result });
      else turn.toolEnd({ ...shared, result: null, failure: outcome.failure });
      const said = outcome.ok
        ? ({ kind: 'tool-result', ...call, result: outcome.result } as const)
        : ({ kind: 'tool-failure', tool: call.tool, failure: outcome.failure } as const);
      const context = toolContext(this.options, { open: this.options.open }, turn);
      const speech = this.speech(turn);
      await speech.say(wordReply(said, wordingContext(turn, context)), signal);
      await speech.finish(signal);
      return 'completed';
    };
  }

  private async answer(
    turn: LiveTurn,
    { input, utterance, tags, asked }: Question,
    signal: AbortSignal,
  ): Promise<TurnOutcome | TurnEnd> {
    const { models, settings } = this.options;
    const attempt = async () => {
      const model = await models.ensureLoaded(selectedModelId(settings.get()), signal);
      const wanted = turnTask(asked, settings.get(), model, 'text' in input);
      const work = this.work(turn, input, model, wanted.task);
      if (tags && turn.tags.length === 0) {
        work.hearTags(tags);
        turn.mayHaveMoreTags = true;
      }
      if (wanted.task !== 'converse') return carryOutTask(work, wanted, signal);
      if (!model.wordsReplies) return answerByIntent(work, signal);
      if (utterance) remembered(turn, utterance);
      return answerInOwnWords(work, signal);
    };
    try {
      return await attempt();
    } catch (error) {
      // The engine was replaced since the model was loaded; it still holds the utterance, but not the model.
      if (signal.aborted || !(error instanceof UserError) || error.code !== 'model-not-loaded') throw error;
      models.lost();
      return attempt();
    }
  }

  /** A model that words its replies is told how the person sounds before it begins; the others tell it themselves. */
  private measuresTags(): boolean {
    const { models, settings } = this.options;
    return settings.get().hearTags && models.present?.model.wordsReplies !== false;
  }

  /** Whether the turn asks what is to be heard, which need not be speech. */
  private async takesAnySound(asked: Partial<TurnTask>, signal: AbortSignal): Promise<boolean> {
    const { models, settings } = this.options;
    if ((asked.task ?? settings.get().task) !== 'describe') return false;
    return (await models.ensureLoaded(selectedModelId(settings.get()), signal)).wordsReplies;
  }

  private async nothingHeard(
    turn: LiveTurn,
    summary: UtteranceSummary,
    signal: AbortSignal,
  ): Promise<TurnEnd> {
    const code = summary.verdict === 'too-short' ? 'audio-too-short' : 'nothing-heard';
    const failure = { code, details: { seconds: summary.durationSeconds } } as const;
    if (summary.verdict === 'no-speech' && summary.durationSeconds >= DESERVES_ANSWER_SECONDS) {
      const speech = this.speech(turn);
      await speech.say(NOTHING_HEARD, signal);
      await speech.finish(signal);
    }
    return { outcome: 'nothing-heard', failure };
  }

  private work(turn: LiveTurn, input: TurnInput, model: ModelDescription, task: TalkTask): TurnWork {
    const { options } = this;
    const { memory } = options;
    const { pendingCall, unsaid } = memory;
    memory.pendingCall = undefined;
    memory.unsaid = '';
    const speech = this.speech(turn);
    let isAgreed = false;
    const opener = new ConsentingOpener({
      open: options.open,
      consents: options.consents,
      settings: () => options.settings.get(),
      update: (patch) => void options.settings.update(patch),
      tool: () => tools.present?.tool ?? '',
      isAgreed: () => isAgreed,
      askAloud: async (question, signal) => {
        memory.pendingCall = tools.present;
        await speech.say(question, signal);
        options.setPhase(turn, 'working');
      },
    });
    const context = toolContext(options, opener, turn);
    const tools = new ToolRunner(options.registry, turn, context, {
      tools: options.background,
      isAsking: () => options.consents.isAsking,
      patienceMs: options.toolPatienceMs,
    });
    return {
      turn,
      input,
      model,
      spokenVoice: () => options.recordedVoices.spoken(options.settings.get()),
      plan: speechPlan(model, options.models.present?.speeds, options.settings.get()),
      engine: options.engine,
      settings: () => options.settings.get(),
      hearTags: (tags) => {
        turn.mayHaveMoreTags = false;
        const { histories } = options;
        hearTags(turn, tags, { histories, settings: options.settings.get(), isTalk: task === 'converse' });
      },
      memory,
      pendingCall,
      unsaid,
      registry: options.registry,
      toolContext: context,
      tools,
      speech,
      wording: () => wordingContext(turn, context),
      setPhase: (phase) => options.setPhase(turn, phase),
      agree: () => {
        isAgreed = true;
      },
    };
  }

  private speech(turn: LiveTurn): SpeechOutput {
    const { engine, settings, speechLeadMs, now, setPhase, memory } = this.options;
    return new SpeechOutput({
      engine,
      turn,
      settings: () => settings.get(),
      clock: new PlaybackClock(speechLeadMs, now),
      onSpeaking: () => setPhase(turn, 'speaking'),
      onCutOff: (unheard, whole) => memory.cutOff(unheard, whole),
    });
  }
}

function wordingContext(turn: LiveTurn, context: ToolContext): WordingContext {
  const { now, timeZone, locale, random, services } = context;
  const { transcript, tags, tone } = turn;
  return { transcript, now, timeZone, locale, random, lastReply: services.lastReply(), tags, tone };
}

/** Its sound is part of what a model is told in later turns. */
function remembered(turn: LiveTurn, utterance: OpenUtterance): void {
  utterance.isKept = true;
  turn.utterance = utterance;
}
