import { dimensions, type Task } from '../items.ts';
import type { BlindAudit } from '../run/blind-audit.ts';
import type { Scores } from '../run/score-set.ts';
import { barChart, type Bar } from './bar-chart.ts';
import { percent, percentOf, range } from './figures.ts';
import { html, type Html } from './html.ts';
import type { SetResults } from './results.ts';
import { table } from './table.ts';

/** More are folded away. */
const MOST_TOOLS = 8;

type ScoresOf<T extends Task> = Extract<Scores, { task: T }>;

/** The one figure of a set, with its unit, for overviews: lower is better for errors, higher for the rest. */
export function headline(scores: Scores): string {
  switch (scores.task) {
    case 'transcribe':
      return `${percent(scores.rate)} ${scores.unit} errors`;
    case 'translate':
      return `${scores.score.toFixed(1)} BLEU`;
    case 'paralinguistic': {
      const shares = Object.values(scores.byDimension);
      if (shares.length === 0) return 'not judged';
      const right = shares.reduce((sum, one) => sum + one.right, 0);
      const of = shares.reduce((sum, one) => sum + one.of, 0);
      return `${percent(right / of)} right`;
    }
    case 'tool': {
      const { dialogues, precision, recall, type } = scores.together;
      if (recall.of === 0)
        return `something called after ${precision.of} of ${dialogues}, where nothing was to be called`;
      return `called: precision ${percent(precision.share)}, recall ${percent(recall.share)}; right tool ${percent(type.share)}`;
    }
    case 'converse':
      return scores.mark === undefined ? 'not judged' : `mark ${(1 + 4 * scores.mark).toFixed(2)} of 5`;
  }
}

/** All figures of a set. */
export function scoreTables(set: SetResults, judge: string): Html | undefined {
  const { scores } = set;
  if (!scores) return undefined;
  switch (scores.task) {
    case 'transcribe':
      return transcription(scores);
    case 'translate':
      return translation(scores);
    case 'paralinguistic':
      return paralinguistics(scores, judge);
    case 'tool':
      return toolCalls(scores, judge);
    case 'converse':
      return html`<p>${headline(scores)}; ${scores.judged} replies judged, ${scores.unjudged} not.</p>`;
  }
}

function transcription(scores: ScoresOf<'transcribe'>): Html {
  const { unit, rate, interval, substitutions, deletions, insertions, referenceUnits } = scores;
  return table(
    `Errors by ${unit}, compared as ${scores.rules}`,
    ['rate', '95 % interval', 'changed', 'missing', 'added', `${unit}s`, 'without any error'],
    [
      [
        percent(rate),
        range(interval),
        substitutions,
        deletions,
        insertions,
        referenceUnits,
        `${scores.perfect} of ${scores.utterances}`,
      ],
    ],
  );
}

function translation(scores: ScoresOf<'translate'>): Html {
  const { score, precisions, brevityPenalty, hypothesisLength, referenceLength } = scores;
  const told = table(
    'BLEU as sacrebleu defines it',
    ['BLEU', 'precisions of 1- to 4-grams', 'brevity penalty', 'words said', 'words of the references'],
    [
      [
        score.toFixed(2),
        precisions.map((one) => one.toFixed(1)).join(' / '),
        brevityPenalty.toFixed(3),
        hypothesisLength,
        referenceLength,
      ],
    ],
  );
  return html`${told}
    <p class="soft">Signature: <code>${scores.signature}</code></p>`;
}

function paralinguistics(scores: ScoresOf<'paralinguistic'>, judge: string): Html {
  const rows = dimensions.flatMap((dimension) => {
    const one = scores.byDimension[dimension];
    return one ? [[dimension, percentOf(one), range(one.interval)]] : [];
  });
  const unjudged =
    scores.unjudged === 0
      ? undefined
      : html`<p>${scores.unjudged} replies were not judged${judge === '' ? ': no judge was named' : ''}.</p>`;
  const average =
    scores.average === undefined
      ? undefined
      : html`<p>Mean of the dimensions: ${percent(scores.average)}.</p>`;
  return html`${rows.length > 0 ? table('Accuracy by dimension', ['dimension', 'right', '95 % interval'], rows) : undefined}${average}${unjudged}`;
}

function toolCalls({ together, tools, isAboutMany }: ScoresOf<'tool'>, judge: string): Html {
  const basis =
    judge === ''
      ? 'Parameters count as right when they equal the reference’s, as nobody judged.'
      : 'Parameters that do not equal the reference’s were judged.';
  const all = table(
    'All tools: something was called where something was to be called',
    ['precision', 'recall', 'right tool', 'right parameters'],
    [[together.precision, together.recall, together.type, together.parameter].map(percentOf)],
  );
  const rows = tools.map(({ tool, positives, negatives, trigger, type, parameter }) => [
    tool,
    `${positives} / ${negatives}`,
    `${percent(trigger.named.precision.share)} / ${percent(trigger.named.recall.share)}`,
    ...(isAboutMany
      ? []
      : [`${percent(trigger.any.precision.share)} / ${percent(trigger.any.recall.share)}`]),
    percentOf(type),
    percentOf(parameter),
  ]);
  const each = table(
    isAboutMany
      ? 'Each tool: triggered means that it was called'
      : 'Triggered means that this tool was called, or, in the other reading, that anything was called',
    [
      'tool',
      'to call / not to call',
      'precision / recall, this tool',
      ...(isAboutMany ? [] : ['precision / recall, any tool']),
      'type',
      'parameters',
    ],
    rows,
  );
  const bars = tools.flatMap(({ tool, trigger }): Bar[] => {
    const { recall } = trigger.named;
    if (recall.share === undefined) return [];
    const [low, high] = recall.interval;
    return [{ label: tool, value: 100 * recall.share, bounds: [100 * low, 100 * high], isOurs: true }];
  });
  const detail = html`${each}${bars.length > 0 ? barChart('Recall of each tool, with 95 % intervals', '%', 100, bars) : undefined}`;
  return html`${all}
    <p class="soft">${basis}</p>
    ${tools.length > MOST_TOOLS ? folded(`The ${tools.length} tools one by one`, detail) : detail}`;
}

function folded(title: string, content: Html): Html {
  return html`<details>
    <summary>${title}</summary>
    ${content}
  </details> `;
}

/** What is right without any sound, apart from what is right. */
export function auditTable({ blind, scores, rest, invented }: BlindAudit): Html {
  return table(
    'The same questions with silence in place of the sound',
    [
      'right without sound',
      'figures of silence',
      'figures of the other questions',
      'something made of silence',
    ],
    [
      [
        percentOf(blind),
        headline(scores),
        rest ? headline(rest) : blind.right === 0 ? 'as above' : '–',
        `${invented} of ${blind.of}`,
      ],
    ],
  );
}
