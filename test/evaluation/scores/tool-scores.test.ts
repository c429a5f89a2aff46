import { describe, expect, test } from 'vitest';
import { paralinguisticScores } from '../../../evaluation/scores/paralinguistic-scores.ts';
import { sameArguments } from '../../../evaluation/scores/same-arguments.ts';
import { toolScores, type ToolTrial } from '../../../evaluation/scores/tool-scores.ts';
import { dimensions } from '../../../evaluation/items.ts';

const trial = (isPositive: boolean, names: readonly string[], hasRightArguments?: boolean): ToolTrial => ({
  tool: 'get_weather',
  isPositive,
  calls: names.map((name) => ({ name, arguments: {} })),
  hasRightArguments,
});

/**
 * Ten dialogues and their table, worked out by hand. Of five that ask for the weather: three call it (two with right
 * arguments), one searches the web, one calls nothing. Of five that do not: one calls the weather, one calculates, three
 * call nothing.
 */
const trials: readonly ToolTrial[] = [
  trial(true, ['get_weather'], true),
  trial(true, ['get_weather'], true),
  trial(true, ['web_search', 'get_weather'], false),
  trial(true, ['web_search']),
  trial(true, []),
  trial(false, ['get_weather']),
  trial(false, ['calculate']),
  trial(false, []),
  trial(false, []),
  trial(false, []),
];

describe('figures of tool calls', () => {
  const scores = toolScores('get_weather', trials);

  test('count a call of the tool in question', () => {
    expect(scores.trigger.named.precision).toMatchObject({ right: 3, of: 4 });
    expect(scores.trigger.named.recall).toMatchObject({ right: 3, of: 5 });
  });

  test('and, in the other reading, any call at all', () => {
    expect(scores.trigger.any.precision).toMatchObject({ right: 4, of: 6 });
    expect(scores.trigger.any.recall).toMatchObject({ right: 4, of: 5 });
  });

  test('tell the right tool among triggered calls, and right arguments among those', () => {
    expect(scores.type).toMatchObject({ right: 3, of: 4 });
    expect(scores.parameter).toMatchObject({ right: 2, of: 3 });
  });

  test('are empty, not zero, where nothing was called', () => {
    const silent = toolScores('get_weather', [trial(true, []), trial(false, [])]);
    expect(silent.trigger.named.precision.share).toBeUndefined();
    expect(silent.trigger.named.recall.share).toBe(0);
    expect(silent.type.share).toBeUndefined();
  });

  test('leave dialogues about other tools out', () => {
    expect(toolScores('calculate', trials)).toMatchObject({ positives: 0, negatives: 0 });
  });
});

describe('arguments', () => {
  test('are the same in any order and case, and not when one more is said', () => {
    expect(sameArguments({ a: 'Paris ', b: 1 }, { b: 1, a: 'paris' })).toBe(true);
    expect(sameArguments({ a: 'paris' }, { a: 'paris', day: 'today' })).toBe(false);
    expect(sameArguments({ days: ['mo', 'tu'] }, { days: ['mo'] })).toBe(false);
    expect(sameArguments({ a: 1 }, { a: '1' })).toBe(false);
  });
});

describe('paralinguistic accuracy', () => {
  test('is that of each dimension, and its mean only when all were judged', () => {
    const all = dimensions.flatMap((dimension, index) => [
      { dimension, isRight: true },
      { dimension, isRight: index < 5 },
    ]);
    const scores = paralinguisticScores(all);
    expect(scores.byDimension.Gender).toMatchObject({ right: 2, of: 2 });
    expect(scores.byDimension.Vocal).toMatchObject({ right: 1, of: 2 });
    expect(scores.average).toBeCloseTo((5 + 6 * 0.5) / 11, 12);
    const partly = paralinguisticScores([{ dimension: 'Age', isRight: undefined }, ...all.slice(0, 2)]);
    expect(partly).toMatchObject({ average: undefined, unjudged: 1 });
    expect(partly.byDimension.Age).toBeUndefined();
  });
});
