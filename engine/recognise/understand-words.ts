import { bestFrame, scoreFrames, UNKNOWN_FRAME, type ChosenFrame } from './frame-ranking.ts';
import type { Hearing } from './hearing.ts';
import { acceptance, probability, type Evidence } from './rejection.ts';
import { NO_AUDIO, standBeforeFrame } from './starter-prompt.ts';
import type { StarterParts } from './starter-parts.ts';
import { StopWatch } from './stop-watch.ts';
import { UNKNOWN_INTENT, type Understanding } from './understanding.ts';

/** Log-odds and differences of log-probabilities beyond this say no more. */
const MOST_NATS = 10;

/** Words to a frame: the grammar where it knows the sentence, otherwise decoder, nearest sentences and classifier. */
export async function understandWords(
  hearing: Hearing,
  parts: StarterParts,
  signal: AbortSignal,
): Promise<Understanding> {
  const watch = new StopWatch();
  const { transcript, audioRows } = hearing;
  if (transcript === '' || !audioRows) return notUnderstood(hearing, watch);
  const { settings } = parts;
  await standBeforeFrame(transcript, settings.frame.fromSound ? audioRows : NO_AUDIO, parts, signal);
  const chosen = bestFrame(await scoreFrames(transcript, parts, signal), settings.frame);
  watch.mark('frame');
  const evidence = evidenceOf(hearing, chosen);
  const accepted = acceptance(evidence, settings.accept);
  const refused = chosen.frame.intent === UNKNOWN_INTENT || accepted < 0;
  const clear = acceptance(evidence, settings.clear) >= 0;
  return {
    frame: refused ? UNKNOWN_FRAME : chosen.frame,
    best: chosen.frame,
    acceptance: accepted,
    refusal: refused ? (clear ? 'out-of-domain' : 'unclear') : undefined,
    confidence: probability(refused ? -Math.abs(accepted) : accepted),
    evidence,
    timings: watch.laps,
  };
}

function evidenceOf(hearing: Hearing, chosen: ChosenFrame): Evidence {
  const { sentences, phonePath, wordConfidences } = hearing;
  const [best, second] = sentences;
  const words = best?.words.length ?? 0;
  const phones = Math.max(1, phonePath.phones.length);
  const mean = wordConfidences.reduce((sum, value) => sum + value, 0) / Math.max(1, wordConfidences.length);
  return {
    phoneGap: Math.min(4, Math.max(0, (phonePath.score - (best?.acoustic ?? 0)) / phones)),
    clarity: Math.max(-3, phonePath.clarity),
    languagePerWord: Math.max(-MOST_NATS, (best?.language ?? 0) / (words + 1)),
    decoderPerWord: Math.max(-MOST_NATS, (best?.decoder ?? 0) / (words + 1)),
    margin: Math.min(MOST_NATS, second && best ? best.score - second.score : MOST_NATS),
    lowestConfidence: Math.min(1, ...wordConfidences),
    meanConfidence: mean,
    inGrammar: chosen.inGrammar ? 1 : 0,
    grammarShare: chosen.share,
    intentOverUnknown: clamp(chosen.score.intent - chosen.unknown.intent),
    intentCertainty: clamp(chosen.score.intent),
    likelihoodOverUnknown: clamp(chosen.likelihood - chosen.unknownLikelihood),
    likelihood: clamp(chosen.likelihood),
    length: Math.log(Math.max(1, words)),
  };
}

function clamp(value: number): number {
  return Math.max(-MOST_NATS, Math.min(MOST_NATS, value));
}

/** Silence, or speech too long for a command. */
function notUnderstood(hearing: Hearing, watch: StopWatch): Understanding {
  const evidence: Evidence = {
    phoneGap: 0,
    clarity: hearing.phonePath.clarity,
    languagePerWord: 0,
    decoderPerWord: 0,
    margin: 0,
    lowestConfidence: 0,
    meanConfidence: 0,
    inGrammar: 0,
    grammarShare: 1,
    intentOverUnknown: 0,
    intentCertainty: 0,
    likelihoodOverUnknown: 0,
    likelihood: 0,
    length: 0,
  };
  const refusal = hearing.transcript === '' ? 'unclear' : 'out-of-domain';
  return {
    frame: UNKNOWN_FRAME,
    best: UNKNOWN_FRAME,
    acceptance: -MOST_NATS,
    refusal,
    confidence: 0,
    evidence,
    timings: watch.laps,
  };
}
