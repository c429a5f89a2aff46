import type { ReplyRequest, Sampling } from '../../contract/engine-contract.ts';
import { TAG_QUESTION } from './tag-question.ts';

/** How the official models are asked to do one task: their settings are those of spec section 8. */
export interface ReplyMode {
  /** The system text of a task that is not a conversation; it stands in the place of the conversation's own. */
  readonly instruction?: string;
  readonly sampling: Sampling;
  /** How many replies are followed at once for the likeliest; absent: one. */
  readonly beams?: number;
  /** Whether the reply is written after `<tts_start>`, words and speech interleaved. */
  readonly spoken: boolean;
  /** Whether earlier turns and tools belong to the prompt. */
  readonly conversational: boolean;
}

/** Decoder steps a second of speech: 25 speech tokens with a text token before every four of them. */
export const STEPS_PER_SPOKEN_SECOND = 31.25;
/** Transformers samples from this many unless told otherwise, and the models were tuned with it. */
const TOP_K = 50;
/** A segment of speech never has more tokens of transcript or translation than this. */
const TOKENS_PER_SEGMENT = 256;
const QUESTION_BEAMS = 2;
/** A line for each tag, and some that are not needed. */
const TAG_TOKENS = 128;

/** `segments`: how many pieces of 25 s the sound has; 1 for typed words. */
export function replyMode(request: ReplyRequest, segments: number): ReplyMode {
  const mode = officialMode(request, Math.max(1, segments));
  const { longestSpeechSeconds: longest } = request;
  const limit =
    mode.spoken && longest !== undefined
      ? { maxNewTokens: Math.ceil(longest * STEPS_PER_SPOKEN_SECOND) }
      : {};
  return { ...mode, sampling: { ...mode.sampling, ...limit, ...request.sampling } };
}

function officialMode(request: ReplyRequest, segments: number): ReplyMode {
  const spoken = request.spoken ?? false;
  const written = TOKENS_PER_SEGMENT * segments;
  const language = request.targetLanguage ?? 'English';
  switch (request.task) {
    case 'tags':
      return task(TAG_QUESTION, false, sampled(0, TAG_TOKENS));
    case 'transcribe':
      return task('请记录下你听到的语音内容。', false, sampled(0, written));
    case 'translate':
      return spoken
        ? task(`Listen to this speech and say what it says in ${language}, aloud.`, true, sampled(0.7, 2048))
        : task(
            `Listen to this speech and translate what it says into ${language}.`,
            false,
            sampled(0.1, written),
          );
    case 'describe':
      return task('Say briefly what can be heard in this recording.', false, sampled(0.1, written));
    case 'question': {
      const mode = task('Answer the question about this recording.', false, sampled(0, written));
      return { ...mode, beams: QUESTION_BEAMS };
    }
    case 'paralinguistic':
      return task(spoken ? '请用语音与我交流。' : 'Answer briefly.', spoken, sampled(0.7, 2048));
    case 'converse':
      return { spoken, conversational: true, sampling: conversationSampling(request) };
  }
}

function task(instruction: string, spoken: boolean, sampling: Sampling): ReplyMode {
  return { instruction, spoken, conversational: false, sampling };
}

/** With tools the sampling of the official tool calls; a spoken or a written conversation without them has its own. */
function conversationSampling(request: ReplyRequest): Sampling {
  if (request.tools.length > 0) {
    return { ...sampled(0.7, 4096), repetitionPenalty: 1.05, topP: 0.9 };
  }
  return request.spoken ? sampled(0.7, 2048) : sampled(0.5, TOKENS_PER_SEGMENT);
}

function sampled(temperature: number, maxNewTokens: number): Sampling {
  return { temperature, maxNewTokens, topK: TOP_K, topP: 1, repetitionPenalty: 1, seed: 0 };
}
