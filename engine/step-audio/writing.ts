import type { ReplyRequest, Sampling } from '../../contract/engine-contract.ts';
import { beamSearch, type BeamSearchOptions } from '../reason/beam-search.ts';
import { generate, type GenerationEvent, type StopReason } from '../reason/generate.ts';
import type { PromptMemory } from '../reason/prompt-memory.ts';
import type { PromptTurn } from '../reason/prompt.ts';
import { logSoftmax, Sampler } from '../reason/sampler.ts';
import { SPECIAL_TOKENS } from '../reason/special-tokens.ts';
import type { SpeechDecoder } from '../reason/speech-decoder.ts';
import { TokenStream, type TokenEvent } from '../reason/token-stream.ts';
import type { Tokenizer } from '../reason/tokenizer.ts';
import { fitPrompt } from './context-window.ts';
import type { PromptParts } from './prompt-turns.ts';

/** At most this share of the context is kept free for the reply. */
const REPLY_SHARE = 0.25;
/** Ends a turn in the checkpoints' configuration, beside the end-of-turn token. */
const OTHER_ENDS = [SPECIAL_TOKENS.endOfText, '<|im_end|>'];

export interface WritingTask {
  /** What the decoder remembers of prompts like this one. */
  readonly memory: PromptMemory;
  readonly prompt: PromptParts;
  /** The open turn that the model goes on with. */
  readonly beginning: PromptTurn;
  readonly sampling: Sampling;
  /** How many replies are followed at once for the likeliest; absent: one. */
  readonly beams?: number;
  readonly request: Pick<ReplyRequest, 'tools' | 'toolsClosed'>;
  /** The beginning ends inside of `<think>`: the model thinks, and stops where its thinking ends. */
  readonly thinking?: boolean;
}

/** What a reply came to, complete once its events have ended. */
export interface Written {
  /** As the model wrote it, the end token left out. */
  readonly ids: number[];
  stopReason: StopReason;
  promptPositions: number;
  /** Of those, how many had to be computed. */
  computedPositions: number;
  promptMs: number;
  /** Mean log-probability of the ids, for greedy replies. */
  meanLogProbability: number;
  decodeMs: number;
}

export function nothingWritten(): Written {
  return {
    ids: [],
    stopReason: 'end-token',
    promptPositions: 0,
    computedPositions: 0,
    promptMs: 0,
    meanLogProbability: 0,
    decodeMs: 0,
  };
}

/** One reply of the decoder as events; `written` is filled while it goes on. One caller at a time. */
export async function* write(
  tokenizer: Tokenizer,
  task: WritingTask,
  written: Written,
  signal: AbortSignal,
): AsyncGenerator<TokenEvent> {
  const { sampling, request, memory } = task;
  const { decoder } = memory;
  const { context } = decoder.dimensions;
  const started = performance.now();
  const reserved = Math.min(sampling.maxNewTokens, Math.floor(context * REPLY_SHARE));
  const { prompt, segments } = fitPrompt(task.prompt, task.beginning, context - reserved, tokenizer);
  written.promptPositions = prompt.ids.length;
  written.computedPositions = await memory.feed(prompt, segments, signal);
  const decoding = performance.now();
  written.promptMs = decoding - started;

  const options = {
    promptIds: prompt.ids,
    stopIds: stopIds(tokenizer),
    maxNewTokens: sampling.maxNewTokens,
    lastId: lastId(tokenizer),
    forbiddenIds: request.toolsClosed ? idsOf(tokenizer, [SPECIAL_TOKENS.toolCallStart]) : undefined,
    stopText: task.thinking ? SPECIAL_TOKENS.thinkEnd : undefined,
    onChoice: sampling.temperature === 0 ? meanOfLogProbabilities(written) : undefined,
  };
  const stream = new TokenStream(tokenizer, {
    offeredTools: new Set(request.tools.map((tool) => tool.function.name)),
    alreadyThinking: task.thinking,
  });
  const isWanted = (event: TokenEvent) => event.type !== 'tool-call' || !request.toolsClosed;
  try {
    const generated =
      task.beams === undefined
        ? generate(decoder, new Sampler(sampling), tokenizer, options, signal)
        : likeliestReply(decoder, { ...options, beams: task.beams }, written, signal);
    for await (const event of generated) {
      if (event.type === 'stop') {
        written.stopReason = event.reason;
      } else {
        written.ids.push(event.id);
        yield* stream.push(event.id).filter(isWanted);
      }
    }
    yield* stream.finish().filter(isWanted);
  } finally {
    memory.extend(written.ids);
    written.decodeMs = performance.now() - decoding;
  }
}

/** The reply of a search among several, given out once it is over; the decoder is back behind the prompt then. */
async function* likeliestReply(
  decoder: SpeechDecoder,
  options: BeamSearchOptions,
  written: Written,
  signal: AbortSignal,
): AsyncGenerator<GenerationEvent> {
  const { ids, meanLogProbability, reason } = await beamSearch(decoder, options, signal);
  written.meanLogProbability = meanLogProbability;
  for (const id of ids) yield { type: 'token', id };
  yield { type: 'stop', reason };
}

function meanOfLogProbabilities(written: Written): (id: number, logits: Float32Array) => void {
  let count = 0;
  return (id, logits) => {
    count += 1;
    written.meanLogProbability += (logSoftmax(logits)[id]! - written.meanLogProbability) / count;
  };
}

function stopIds(tokenizer: Tokenizer): ReadonlySet<number> {
  return new Set([tokenizer.idOf(SPECIAL_TOKENS.endOfTurn), ...idsOf(tokenizer, OTHER_ENDS)]);
}

function idsOf(tokenizer: Tokenizer, tokens: readonly string[]): ReadonlySet<number> {
  return new Set(tokens.filter((token) => tokenizer.has(token)).map((token) => tokenizer.idOf(token)));
}

/** Rows of the vocabulary after the speech filler were never trained. */
function lastId(tokenizer: Tokenizer): number | undefined {
  const { speechFiller } = SPECIAL_TOKENS;
  return tokenizer.has(speechFiller) ? tokenizer.idOf(speechFiller) : undefined;
}
