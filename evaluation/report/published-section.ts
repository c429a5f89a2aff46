import type { PublishedTable } from '../published/published-figures.ts';
import { dimensions } from '../items.ts';
import type { Scores } from '../run/score-set.ts';
import { barChart, type Bar } from './bar-chart.ts';
import { html, type Html } from './html.ts';
import type { Results, SetResults } from './results.ts';
import { table } from './table.ts';

/** Published tables for every task that was run, with our own figure where the very same set was. */
export function publishedSection(results: Results, tables: readonly PublishedTable[]): Html {
  const tasks = new Set(results.sets.filter(({ scores }) => scores).map(({ task }) => task));
  const shown = tables.filter(({ task }) => tasks.has(task));
  return html`<h2 id="published">Beside published figures</h2>
    <p>
      Our column is filled only where the very set was run, whole. A figure of another set says nothing beside
      these, and the makers’ way of comparing is not published in full.
    </p>
    ${shown.map((one) => publishedTable(one, results))}`;
}

function publishedTable(published: PublishedTable, results: Results): Html {
  const ours = new Map(results.sets.flatMap((set) => [...ownFigures(set, results.limit)]));
  const rows = published.rows.map(({ name, values }) => [
    name,
    ...values.map((value) => (value === null ? '–' : String(value))),
    ours.get(name)?.toFixed(2) ?? 'not run',
  ]);
  const { source, title, unit, columns, note } = published;
  const charts = published.rows.flatMap((row) => {
    const own = ours.get(row.name);
    return own === undefined ? [] : [rowChart(published, row, own, results.model.name)];
  });
  return html`<h3>${title}</h3>
    ${table(`${title}, ${unit}${published.lowerIsBetter ? ', lower is better' : ''}`, ['set', ...columns, results.model.name], rows)}
    <p class="soft">
      Source: <a href="${source.url}" rel="noreferrer">${source.title}</a>, table “${source.table}”. ${note}
    </p>
    ${charts}`;
}

function rowChart(
  { columns, unit }: PublishedTable,
  { name, values }: PublishedTable['rows'][number],
  own: number,
  model: string,
): Html {
  const others = columns.flatMap((label, index): Bar[] => {
    const value = values[index];
    return typeof value === 'number' ? [{ label, value, isOurs: false }] : [];
  });
  const bars = [...others, { label: model, value: own, isOurs: true }];
  return barChart(name, unit, 0, bars);
}

/** Our figures under the names of the published rows, in their units. */
function ownFigures({ published, scores, skipped }: SetResults, limit: number): Map<string, number> {
  if (!published || !scores || limit > 0 || skipped.length > 0) return new Map();
  return new Map(figuresOf(scores, published));
}

function figuresOf(scores: Scores, row: string): [string, number][] {
  switch (scores.task) {
    case 'transcribe':
      return [[row, 100 * scores.rate]];
    case 'translate':
      return [[row, scores.score]];
    case 'paralinguistic': {
      const found = dimensions.flatMap((dimension): [string, number][] => {
        const one = scores.byDimension[dimension]?.share;
        return one === undefined ? [] : [[dimension, 100 * one]];
      });
      return scores.average === undefined ? found : [...found, ['Average', 100 * scores.average]];
    }
    case 'tool':
      return scores.tools.flatMap(({ tool, trigger, type, parameter }) =>
        Object.entries({ ...trigger.named, type, parameter }).flatMap(([metric, one]): [string, number][] =>
          one.share === undefined ? [] : [[`${tool} ${metric}`, 100 * one.share]],
        ),
      );
    case 'converse':
      return [];
  }
}
