import type { Acoustics } from './acoustic-model.ts';
import { FEWEST_SAMPLES } from './acoustic-model.ts';
import type { Sentence } from './ctc-search.ts';
import { matchGrammar } from './grammar-match.ts';
import type { Hearing, ScoredSentence, Speech } from './hearing.ts';
import { bestPhonePath, type PhonePath } from './phone-path.ts';
import { speechPieces } from './speech-pieces.ts';
import { conversePrompt, transcriptIds } from './starter-prompt.ts';
import type { StarterParts } from './starter-parts.ts';
import { StopWatch } from './stop-watch.ts';
import { readTagShares, type TagShares } from './tag-reading.ts';
import { wordConfidences } from './word-confidence.ts';

const PIECE_LIMITS = { sampleRate: 16_000, longestSeconds: 24, marginSeconds: 0.35 };

/** Speech to words: encoder, word search, and the decoder's opinion of the best sentences. */
export async function hearSpeech(speech: Speech, parts: StarterParts, signal: AbortSignal): Promise<Hearing> {
  const watch = new StopWatch();
  const pieces = speechPieces(speech.spans, speech.samples.length, PIECE_LIMITS).filter(
    ({ from, to }) => to - from > FEWEST_SAMPLES,
  );
  const heard: Acoustics[] = [];
  for (const { from, to } of pieces)
    heard.push(await parts.acoustic.hear(speech.samples.subarray(from, to), signal));
  watch.mark('encode');
  const speaking = heard.filter((acoustics) => isSpeech(acoustics, parts));
  const [only] = speaking;
  if (!only) return nothingHeard(heard, parts, watch);
  const phonePath = joinPaths(
    speaking.map(({ logProbabilities }) => bestPhonePath(logProbabilities, parts.labels.length)),
  );
  const found = speaking.map(({ logProbabilities }) => parts.words.sentences(logProbabilities));
  watch.mark('search');
  const common = { isSpeech: true, phonePath, tagShares: tagShares(only, parts) };
  if (speaking.length > 1) {
    const transcript = found.map((sentences) => sentences[0]?.words.join(' ') ?? '').join(' ');
    const none = { sentences: [], wordConfidences: [], audioRows: undefined };
    return { ...common, ...none, transcript, timings: watch.laps };
  }
  const audioRows = await parts.acoustic.adapt(only, signal);
  const sentences = await scoreJointly(found[0] ?? [], audioRows, parts, signal);
  watch.mark('joint');
  return {
    ...common,
    transcript: sentences[0]?.words.join(' ') ?? '',
    sentences,
    wordConfidences: wordConfidences(sentences, parts.settings.joint.sharpness),
    audioRows,
    timings: watch.laps,
  };
}

/** Adds the decoder's and the grammar's opinion; best first. Leaves the decoder where a transcript begins. */
async function scoreJointly(
  found: readonly Sentence[],
  audioRows: Float32Array,
  parts: StarterParts,
  signal: AbortSignal,
): Promise<ScoredSentence[]> {
  const { decoder, tokenizer, settings, domain } = parts;
  decoder.reset();
  await decoder.prefill(conversePrompt(audioRows, decoder, tokenizer), signal);
  const continuations = found.map(({ words }) => transcriptIds(words.join(' '), tokenizer));
  const scores = await decoder.score(continuations, signal);
  return found
    .map((sentence, index): ScoredSentence => {
      const { words, acoustic, language } = sentence;
      const inGrammar = matchGrammar(domain.grammar, words.join(' ')).length > 0;
      const opinion = scores[index]?.total ?? 0;
      const { decoderWeight, grammarBonus } = settings.joint;
      const score = sentence.score + decoderWeight * opinion + (inGrammar ? grammarBonus : 0);
      return { words, acoustic, language, decoder: opinion, inGrammar, score };
    })
    .sort((a, b) => b.score - a.score);
}

function isSpeech(acoustics: Acoustics, parts: StarterParts): boolean {
  const content = tagShares(acoustics, parts).get('content');
  return content === undefined || (content.speech ?? 1) >= parts.settings.speechShare;
}

function tagShares(acoustics: Acoustics, parts: StarterParts): TagShares {
  return readTagShares(acoustics.tagLogits, parts.tagGroups);
}

function nothingHeard(heard: readonly Acoustics[], parts: StarterParts, watch: StopWatch): Hearing {
  return {
    isSpeech: false,
    transcript: '',
    sentences: [],
    wordConfidences: [],
    phonePath: { phones: [], score: 0, clarity: 0 },
    tagShares: heard[0] ? tagShares(heard[0], parts) : new Map(),
    audioRows: undefined,
    timings: watch.laps,
  };
}

function joinPaths(paths: readonly PhonePath[]): PhonePath {
  return {
    phones: paths.flatMap(({ phones }) => phones),
    score: paths.reduce((sum, { score }) => sum + score, 0),
    clarity: paths.reduce((sum, { clarity }) => sum + clarity, 0) / paths.length,
  };
}
