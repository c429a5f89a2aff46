import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { CtcSearch, type CtcSearchSettings } from '../../engine/recognise/ctc-search.ts';
import { bestFrame, scoreFrames, type ScoredFrame } from '../../engine/recognise/frame-ranking.ts';
import { matchGrammar } from '../../engine/recognise/grammar-match.ts';
import { hearSpeech } from '../../engine/recognise/hear-speech.ts';
import type { Hearing, Speech } from '../../engine/recognise/hearing.ts';
import { buildLexiconTree } from '../../engine/recognise/lexicon-tree.ts';
import { readNgramFile } from '../../engine/recognise/ngram-file.ts';
import type { RecognitionSettings } from '../../engine/recognise/recognition-settings.ts';
import { acceptance, type EvidenceName } from '../../engine/recognise/rejection.ts';
import {
  conversePrompt,
  NO_AUDIO,
  standBeforeFrame,
  transcriptIds,
} from '../../engine/recognise/starter-prompt.ts';
import type { StarterParts } from '../../engine/recognise/starter-parts.ts';
import { understandWords } from '../../engine/recognise/understand-words.ts';
import { degrade } from './degrade.ts';
import { readEvaluationSet, readPeople, sampled, type TestUtterance } from './evaluation-sets.ts';
import { Listener, type Outcome } from './listener.ts';
import { fitJudgement, type Labelled } from './logistic-fit.ts';
import { hasFrame, hasIntent, sameSlots } from './measures.ts';
import { repeatable } from './repeatable-random.ts';
import { wordErrors, words } from './word-errors.ts';

/**
 * Tunes recognition.json on the development set and on ordinary sentences (dev-ood), half of them made worse, and on
 * new voices (dev-strangers), and on announcements by a real person. Test sets a, b, c, ood and the test voices take no part.
 *
 *     node test/evaluation/tune-starter.ts [--most 120] [--package models/starter] [--write]
 */
const root = resolve(import.meta.dirname, '..', '..');
const { values } = parseArgs({
  options: {
    package: { type: 'string', default: join(root, 'models', 'starter') },
    most: { type: 'string', default: '120' },
    /** Leaves the weights of the word search as they are. */
    frames: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
});
const FALSE_REJECTS = 0.05;
const evidenceNames: readonly EvidenceName[] = [
  'phoneGap',
  'clarity',
  'languagePerWord',
  'decoderPerWord',
  'margin',
  'lowestConfidence',
  'meanConfidence',
  'inGrammar',
  'grammarShare',
  'intentOverUnknown',
  'intentCertainty',
  'likelihoodOverUnknown',
  'likelihood',
  'length',
];
const signal = new AbortController().signal;
const listener = await Listener.open(values.package);
let settings: RecognitionSettings = listener.parts.settings;

interface Sample {
  readonly utterance: TestUtterance;
  readonly speech: Speech;
}

const seen = await samplesOf('dev', Number(values.most), true);
const strangers = await samplesOf('dev-strangers', Number(values.most), false);
const commands = [...seen, ...strangers];
const ordinary = await samplesOf('dev-ood', Number(values.most), true);
const people = await recordedPeople();
await tuneSearch(commands);
await tuneFrames([...commands, ...ordinary, ...people]);
await tuneJudgements([...commands, ...ordinary, ...people]);
const text = `${JSON.stringify(settings, null, 2)}\n`;
process.stdout.write(text);
if (values.write) writeFileSync(join(root, 'models', 'starter', 'recognition.json'), text);

/** As spoken, and where asked every second one made worse. */
async function samplesOf(name: string, most: number, spoilt: boolean): Promise<Sample[]> {
  const samples: Sample[] = [];
  const random = repeatable(1);
  for (const [index, utterance] of sampled(readEvaluationSet(name), most).entries()) {
    const speech = await listener.speechOf(utterance);
    const worse = spoilt && index % 2 === 1;
    const warp = index % 4 === 1 ? 0.84 : 1.2;
    const stretched = {
      samples: degrade(speech.samples, warp, 12, random),
      spans: scaled(speech.spans, 1 / warp),
    };
    samples.push({ utterance, speech: worse ? stretched : speech });
  }
  return samples;
}

/** Announcements that are no commands, or what the grammar knows of the same words. */
async function recordedPeople(): Promise<Sample[]> {
  const samples: Sample[] = [];
  for (const clip of sampled(readPeople('thresholds'), Number(values.most))) {
    const [meant] = matchGrammar(listener.parts.domain.grammar, clip.text);
    const utterance = { ...clip, intent: meant?.intent ?? 'unknown', slots: meant?.slots ?? {} };
    samples.push({ utterance, speech: await listener.speechOf(clip) });
  }
  return samples;
}

function scaled(spans: Speech['spans'], factor: number): Speech['spans'] {
  return spans.map(({ startSeconds, endSeconds }) => {
    return { startSeconds: startSeconds * factor, endSeconds: endSeconds * factor };
  });
}

function partsWith(changed: RecognitionSettings): StarterParts {
  return { ...listener.parts, settings: changed };
}

/** Search weights without the decoder, then the decoder's and the grammar's share. */
async function tuneSearch(samples: readonly Sample[]): Promise<void> {
  const { parts } = listener;
  const heard = [];
  for (const { utterance, speech } of samples) {
    const first = speech.spans[0];
    if (!first) continue;
    const last = speech.spans.at(-1) ?? first;
    const from = Math.max(0, Math.floor((first.startSeconds - 0.35) * 16_000));
    const to = Math.ceil((last.endSeconds + 0.35) * 16_000);
    const acoustics = await parts.acoustic.hear(speech.samples.subarray(from, to), signal);
    heard.push({ utterance, acoustics });
  }
  const model = readNgramFile(readFileSync(join(values.package, 'language-model.bin')), 'language-model.bin');
  const tree = buildLexiconTree(parts.words.lexicon, parts.labels.length);
  const searchWith = (search: CtcSearchSettings) => new CtcSearch(parts.words.lexicon, tree, model, search);
  let best = { errors: Infinity, search: settings.search };
  for (const languageWeight of values.frames ? [] : [0.8, 0.95, 1.1]) {
    for (const wordBonus of [0.8, 1.4, 2]) {
      const search = { ...settings.search, languageWeight, wordBonus };
      const searcher = searchWith(search);
      const errors = heard.reduce((sum, { utterance, acoustics }) => {
        const found = searcher.search(acoustics.logProbabilities, parts.labels.length)[0]?.words ?? [];
        return sum + wordErrors(utterance.text, found.join(' '));
      }, 0);
      process.stdout.write(`language ${languageWeight} bonus ${wordBonus}: ${errorRate(errors, samples)}\n`);
      if (errors < best.errors) best = { errors, search };
    }
  }
  settings = { ...settings, search: best.search };
  const searcher = searchWith(best.search);
  const scored = [];
  for (const { utterance, acoustics } of heard) {
    const found = searcher.search(acoustics.logProbabilities, parts.labels.length);
    parts.decoder.reset();
    const rows = await parts.acoustic.adapt(acoustics, signal);
    await parts.decoder.prefill(conversePrompt(rows, parts.decoder, parts.tokenizer), signal);
    const ids = found.map((sentence) => transcriptIds(sentence.words.join(' '), parts.tokenizer));
    const opinions = await parts.decoder.score(ids, signal);
    const rivals = found.map((sentence, index) => {
      const inGrammar = matchGrammar(parts.domain.grammar, sentence.words.join(' ')).length > 0;
      return {
        words: sentence.words,
        score: sentence.score,
        opinion: opinions[index]?.total ?? 0,
        inGrammar,
      };
    });
    scored.push({ utterance, rivals });
  }
  let least = { errors: Infinity, joint: settings.joint };
  for (const decoderWeight of [0.2, 0.1, 0, 0.35]) {
    for (const grammarBonus of [0, 2, 4, 6, 8]) {
      const joint = { ...settings.joint, decoderWeight, grammarBonus };
      const errors = scored.reduce((sum, { utterance, rivals }) => {
        const worth = (rival: (typeof rivals)[number]): number =>
          rival.score + decoderWeight * rival.opinion + (rival.inGrammar ? grammarBonus : 0);
        const [best] = [...rivals].sort((one, other) => worth(other) - worth(one));
        return sum + wordErrors(utterance.text, best?.words.join(' ') ?? '');
      }, 0);
      process.stdout.write(
        `decoder ${decoderWeight} grammar ${grammarBonus}: ${errorRate(errors, samples)}\n`,
      );
      if (errors < least.errors) least = { errors, joint };
    }
  }
  settings = { ...settings, joint: least.joint };
}

function errorRate(errors: number, samples: readonly Sample[]): string {
  const total = samples.reduce((sum, { utterance }) => sum + words(utterance.text).length, 0);
  return `word error ${((100 * errors) / total).toFixed(2)} %`;
}

interface FrameCase {
  readonly utterance: TestUtterance;
  readonly frames: readonly ScoredFrame[];
}

/** How far the grammar's distance and the classifier count beside the decoder, and whether the decoder should hear or only read. */
async function tuneFrames(samples: readonly Sample[]): Promise<void> {
  const heard: { utterance: TestUtterance; hearing: Hearing }[] = [];
  for (const { utterance, speech } of samples) {
    const hearing = await hearSpeech(speech, partsWith(settings), signal);
    if (hearing.transcript !== '' && hearing.audioRows) heard.push({ utterance, hearing });
  }
  let best = { worth: -1, frame: settings.frame };
  for (const fromSound of [true, false]) {
    const cases: FrameCase[] = [];
    for (const { utterance, hearing } of heard) {
      const rows = fromSound ? (hearing.audioRows as Float32Array) : NO_AUDIO;
      await standBeforeFrame(hearing.transcript, rows, listener.parts, signal);
      cases.push({ utterance, frames: await scoreFrames(hearing.transcript, partsWith(settings), signal) });
    }
    for (const distanceWeight of [0.7, 1.5, 3, 5, 8]) {
      for (const likelihoodWeight of [0, 1, 2, 4, 7]) {
        for (const unknownDistance of [0.7, 1.2, 1.8, 2.5, 4]) {
          for (const strangeValue of [0, 4]) {
            const frame = { distanceWeight, likelihoodWeight, unknownDistance, strangeValue, fromSound };
            const { worth, summary } = judge(cases, frame);
            if (worth <= best.worth) continue;
            best = { worth, frame };
            process.stdout.write(`${JSON.stringify(frame)}: ${summary}\n`);
          }
        }
      }
    }
  }
  settings = { ...settings, frame: best.frame };
}

/** Refusal has a judgement of its own: here the right intent and slots of a command count most. */
function judge(
  cases: readonly FrameCase[],
  frame: RecognitionSettings['frame'],
): { worth: number; summary: string } {
  let intents = 0;
  let slots = 0;
  let ordinary = 0;
  for (const { utterance, frames } of cases) {
    const chosen = bestFrame(frames, frame).frame;
    if (chosen.intent !== utterance.intent) continue;
    if (utterance.intent === 'unknown') ordinary++;
    else {
      intents++;
      if (sameSlots(chosen.slots, utterance.slots)) slots++;
    }
  }
  const summary = `intents ${intents}, frames ${slots}, ordinary ${ordinary} of ${cases.length}`;
  return { worth: intents + 0.5 * slots + 0.1 * ordinary, summary };
}

/** Acceptance at 5 % refused commands; clearness from how many words were right. */
async function tuneJudgements(samples: readonly Sample[]): Promise<void> {
  const parts = partsWith(settings);
  const outcomes: Outcome[] = [];
  for (const { utterance, speech } of samples) {
    const hearing: Hearing = await hearSpeech(speech, parts, signal);
    const understanding = await understandWords(hearing, parts, signal);
    outcomes.push({ utterance, hearing, understanding, seconds: 0, milliseconds: 0 });
  }
  const heard = outcomes.filter(({ hearing }) => hearing.isSpeech);
  const named = heard.filter(({ understanding }) => understanding.best.intent !== 'unknown');
  const examples = named.map((outcome): Labelled => {
    return { evidence: outcome.understanding.evidence, right: hasIntent(outcome), weight: 1 };
  });
  const accept = fitJudgement(examples, evidenceNames);
  const wanted = named.filter(({ utterance }) => utterance.intent !== 'unknown');
  const odds = wanted
    .map(({ understanding }) => acceptance(understanding.evidence, accept))
    .sort((a, b) => a - b);
  const already = heard.filter(({ utterance }) => utterance.intent !== 'unknown').length - wanted.length;
  const allowed = Math.max(0, Math.floor(FALSE_REJECTS * (wanted.length + already)) - already);
  const threshold = odds[allowed] ?? 0;
  const clear = fitJudgement(
    heard.map(({ utterance, hearing, understanding }): Labelled => {
      const errors =
        wordErrors(utterance.text, hearing.transcript) / Math.max(1, words(utterance.text).length);
      return { evidence: understanding.evidence, right: errors <= 0.34, weight: 1 };
    }),
    ['phoneGap', 'clarity', 'languagePerWord', 'meanConfidence'],
  );
  settings = { ...settings, accept: { ...accept, bias: accept.bias - threshold - 1e-6 }, clear };
  const refused = heard.filter(({ utterance, understanding }) => {
    const under =
      understanding.best.intent === 'unknown' || acceptance(understanding.evidence, settings.accept) < 0;
    return utterance.intent === 'unknown' && under;
  }).length;
  const ordinaryCount = heard.filter(({ utterance }) => utterance.intent === 'unknown').length;
  const share = (count: number, of: number): string => `${((100 * count) / of).toFixed(1)} %`;
  const real = heard.filter(({ utterance }) => utterance.intent !== 'unknown');
  process.stdout.write(
    `commands: intent ${share(real.filter(hasIntent).length, real.length)}, frame ` +
      `${share(real.filter(hasFrame).length, real.length)}, called unknown ${share(already, real.length)}; ` +
      `ordinary refused ${share(refused, ordinaryCount)}\n`,
  );
}
