import { describe, expect, test } from 'vitest';
import { publishedTables } from '../../../evaluation/published/published-figures.ts';
import { html } from '../../../evaluation/report/html.ts';
import { evaluationPage } from '../../../evaluation/report/page.ts';
import { setResults, type Results } from '../../../evaluation/report/results.ts';
import type { EvaluationSet, Item } from '../../../evaluation/items.ts';
import type { Answer } from '../../../evaluation/run/answer.ts';

const evil = '<img src=x onerror="alert(1)">&\'\u202e';
const answer = (words: string): Answer => ({
  transcript: words,
  text: words,
  calls: [],
  tags: {},
  isImpossible: false,
  seconds: 1,
  milliseconds: 100,
});

function resultsOf(set: EvaluationSet, words: string, limit = 0): Results {
  const trials = set.items.map((item) => ({ item, answer: answer(words), mark: undefined }));
  const answered = set.items.map((item) => ({ item, sound: answer(words), silence: answer('') }));
  const blind = set.items.map((item) => ({ item, answer: answer(''), mark: undefined }));
  return {
    format: 1,
    made: '2026-01-02T03:04:05.000Z',
    machine: 'a machine',
    load: 9,
    cores: 2,
    model: { id: 'm', name: `Model ${evil}`, version: '1', licence: 'Apache-2.0', provider: 'cpu', host: '' },
    judge: '',
    limit,
    isWhole: true,
    sets: [setResults(set, answered, [{ id: evil, reason: evil }], trials, blind)],
  };
}

const item: Item = { task: 'transcribe', id: 'a', sound: 'a.wav', reference: 'turn the lamp off' };
const set: EvaluationSet = {
  name: `set ${evil}`,
  layout: 'manifest',
  task: 'transcribe',
  language: 'en',
  items: [item],
  skipped: [],
};

describe('the page', () => {
  const page = evaluationPage(resultsOf(set, 'turn the lamp on'), publishedTables());

  test('escapes every word of sets and models', () => {
    expect(page).not.toContain('<img');
    expect(page).not.toContain('\u202e');
    expect(page).toContain('&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&amp;&#39;');
  });

  test('needs no script and no network', () => {
    expect(page).toContain("default-src 'none'");
    const bare = page.replace(/="[^"]*"/g, '=""');
    expect(bare).not.toMatch(/<script|<link|<iframe|<[^>]+\ssrc=|url\(|@import|javascript:/i);
    const links = [...page.matchAll(/href="([^"]+)"/g)].map(([, target]) => target);
    expect(new Set(links)).toEqual(new Set(['https://github.com/stepfun-ai/Step-Audio2']));
  });

  test('names every table, and heads of rows and columns', () => {
    const tables = page.match(/<table>/g)?.length ?? 0;
    expect(tables).toBeGreaterThan(3);
    expect(page.match(/<caption>/g)).toHaveLength(tables);
    expect(page).not.toMatch(/<th>/);
    expect(page).toContain('<html lang="en">');
    expect(page).toContain('prefers-color-scheme: dark');
  });

  test('tells figures, what silence gave and what was left out', () => {
    expect(page).toContain('25.0 %');
    expect(page).toContain('right without sound');
    expect(page).toContain('could not be asked');
    expect(page).toContain('times are longer than on a quiet one');
  });

  test('puts our figure beside the published ones only when the very set was run whole', () => {
    const clean = { ...set, name: 'LibriSpeech test-clean', published: 'LibriSpeech clean' };
    const whole = resultsOf(clean, 'turn the lamp on');
    const sets = whole.sets.map((one) => ({ ...one, skipped: [] }));
    const shown = evaluationPage({ ...whole, sets }, publishedTables());
    expect(shown).toMatch(/LibriSpeech clean<\/th>[^]*?<td>1.33<\/td>\s*<td>25.00<\/td>/);
    expect(shown).toContain('<svg');
    const sample = evaluationPage({ ...whole, sets, limit: 5 }, publishedTables());
    expect(sample).toMatch(/LibriSpeech clean<\/th>[^]*?<td>1.33<\/td>\s*<td>not run<\/td>/);
  });
});

test('markup in markup stays markup, and lists are joined', () => {
  const inner = [1, 2].map((number) => html`<b>${number}</b>`);
  expect(html`<p>${inner}${undefined}${'<'}</p>`.text).toBe('<p><b>1</b><b>2</b>&lt;</p>');
});

describe('published figures', () => {
  test('have a value or a gap for every model, and say where they stand', () => {
    for (const { columns, rows, source } of publishedTables()) {
      for (const { values } of rows) expect(values).toHaveLength(columns.length);
      expect(source.table).not.toBe('');
    }
  });

  test('average as they were published', () => {
    const table = publishedTables().find(({ id }) => id === 'paralinguistic')!;
    const average = table.rows.at(-1)!;
    table.columns.forEach((_model, column) => {
      const all = table.rows.slice(0, -1).map(({ values }) => values[column]!);
      const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
      expect(mean).toBeCloseTo(average.values[column]!, 2);
    });
  });
});
