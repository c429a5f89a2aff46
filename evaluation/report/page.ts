import type { PublishedTable } from '../published/published-figures.ts';
import type { Task } from '../items.ts';
import { barChart } from './bar-chart.ts';
import { Html, html } from './html.ts';
import { PAGE_STYLE } from './page-style.ts';
import { publishedSection } from './published-section.ts';
import type { Results, SetResults } from './results.ts';
import { auditTable, headline, scoreTables } from './score-tables.ts';
import { table } from './table.ts';

const taskNames: Readonly<Record<Task, string>> = {
  transcribe: 'Speech recognition',
  translate: 'Translation of speech',
  paralinguistic: 'Beyond the words',
  tool: 'Tool calls',
  converse: 'Spoken conversation',
};
const MOST_NAMED = 20;

/** One page that needs nothing but itself: no script, no network, and all words of sets and models are escaped. */
export function evaluationPage(results: Results, tables: readonly PublishedTable[]): string {
  const { model, sets } = results;
  const tasks = (Object.keys(taskNames) as Task[]).filter((task) => sets.some((set) => set.task === task));
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
        />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <title>Evaluation of ${model.name}</title>
        <style>
          ${Html.trusted(PAGE_STYLE)}
        </style>
      </head>
      <body>
        <main>
          <h1>Evaluation of ${model.name}</h1>
          ${facts(results)}
          ${results.isWhole ? undefined : html`<p><strong>This run was not finished: figures are of what was answered so far.</strong></p>`}
          ${overview(sets)} ${tasks.map((task) => taskSection(task, results))}
          ${publishedSection(results, tables)} ${namedSkipped(sets)}
        </main>
      </body>
    </html> `;
  return page.text;
}

function facts({ model, made, machine, load, cores, judge, limit }: Results): Html {
  const isBusy = model.host === '' && load > 1.5 * cores;
  return html`<dl>
    <dt>Model</dt>
    <dd>${model.id} ${model.version}, ${model.licence}</dd>
    <dt>Ran</dt>
    <dd>
      ${made.slice(0, 10)}, ${model.host === '' ? machine : `on ${model.host}, asked from ${machine}`},
      ${model.provider}${isBusy ? html`; ${load.toFixed(1)} programs shared ${cores} cores, so that times are longer than on a quiet one` : undefined}
    </dd>
    <dt>Judge</dt>
    <dd>${judge === '' ? 'none: what only a judge can tell was left out' : judge}</dd>
    <dt>Questions</dt>
    <dd>${limit === 0 ? 'all of each set' : `at most ${limit} of each set, spread evenly`}</dd>
  </dl>`;
}

function overview(sets: readonly SetResults[]): Html {
  const rows = sets.map((set) => [
    set.name,
    taskNames[set.task],
    set.language,
    `${set.answered} of ${set.items}`,
    set.scores ? headline(set.scores) : set.isImpossible ? 'this model cannot do it' : 'nothing answered',
    set.audit ? headline(set.audit.scores) : 'not asked',
  ]);
  return table(
    'Every set, with the sound and with silence in its place',
    ['set', 'task', 'language', 'answered', 'with sound', 'with silence'],
    rows,
  );
}

function taskSection(task: Task, { sets, judge }: Results): Html {
  const ours = sets.filter((set) => set.task === task);
  return html`<h2 id="${task}">${taskNames[task]}</h2>
    ${task === 'transcribe' ? errorChart(ours) : undefined} ${ours.map((set) => setSection(set, judge))}`;
}

function errorChart(sets: readonly SetResults[]): Html | undefined {
  const bars = sets.flatMap(({ name, scores }) => {
    if (scores?.task !== 'transcribe') return [];
    const [low, high] = scores.interval;
    return [
      {
        label: name,
        value: 100 * scores.rate,
        bounds: [100 * low, 100 * high] as const,
        isOurs: true,
      },
    ];
  });
  return bars.length > 1 ? barChart('Error rate of each set, with 95 % intervals', '%', 0, bars) : undefined;
}

function setSection(set: SetResults, judge: string): Html {
  const { name, layout, answered, items, times, audit } = set;
  const speed =
    answered === 0
      ? undefined
      : html`<p class="soft">
          ${answered} of ${items} answered; ${(times.soundSeconds / 60).toFixed(1)} minutes of sound; answers
          after a median of ${times.medianMs.toFixed(0)} ms, real-time factor
          ${times.realTimeFactor.toFixed(3)}. Read as ${layout}.
        </p>`;
  return html`<section aria-label="${name}">
    <h3>${name}</h3>
    ${set.isImpossible ? html`<p>This model cannot do what the set asks for.</p>` : scoreTables(set, judge)}
    ${audit ? auditTable(audit) : undefined} ${speed}
  </section> `;
}

function namedSkipped(sets: readonly SetResults[]): Html | undefined {
  const skipped = sets.flatMap(({ name, skipped: ones }) => ones.map((one) => [name, one.id, one.reason]));
  if (skipped.length === 0) return undefined;
  const more = skipped.length - MOST_NAMED;
  return html`<h2 id="skipped">Left out</h2>
    ${table(`${skipped.length} questions that could not be asked`, ['set', 'question', 'reason'], skipped.slice(0, MOST_NAMED))}
    ${more > 0 ? html`<p>${more} more are named in the JSON.</p>` : undefined}`;
}
