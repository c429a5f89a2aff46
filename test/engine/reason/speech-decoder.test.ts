import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ModelPackage } from '../../../engine/convert/model-package.ts';
import { generate, type GenerationEvent, type GenerationOptions } from '../../../engine/reason/generate.ts';
import { buildPrompt } from '../../../engine/reason/prompt.ts';
import { promptRows } from '../../../engine/reason/prompt-rows.ts';
import { GREEDY, logSoftmax, Sampler } from '../../../engine/reason/sampler.ts';
import { SpeechDecoder } from '../../../engine/reason/speech-decoder.ts';
import { readTokenizer, type Tokenizer } from '../../../engine/reason/tokenizer.ts';
import { largestDifference, readGolden } from '../../golden/npy.ts';
import { never, processor, tinyPackage } from '../tiny-model.ts';

const LOGIT_TOLERANCE = 5e-3;
const embeds = readGolden('llm_inputs_embeds').values;
const stepLogits = readGolden('llm_step_logits');
const greedy = Array.from(readGolden<Int32Array>('llm_greedy_tokens').values);
const rowOf = (index: number) => stepLogits.values.subarray(index * 7104, (index + 1) * 7104);

let model: ModelPackage;
let dispose: () => void;
let decoder: SpeechDecoder;
let tokenizer: Tokenizer;

beforeAll(async () => {
  ({ model, dispose } = await tinyPackage());
  decoder = await SpeechDecoder.open(model, processor);
  tokenizer = readTokenizer(model.pathOf('tokenizer'));
});
afterAll(async () => {
  await decoder.release();
  dispose();
});
beforeEach(() => decoder.reset());

const options: GenerationOptions = { promptIds: [], stopIds: new Set(), maxNewTokens: 12 };

async function written(changes: Partial<GenerationOptions>, signal = never): Promise<GenerationEvent[]> {
  const events: GenerationEvent[] = [];
  for await (const event of generate(
    decoder,
    new Sampler(GREEDY),
    tokenizer,
    { ...options, ...changes },
    signal,
  )) {
    events.push(event);
  }
  return events;
}
const idsOf = (events: GenerationEvent[]) =>
  events.flatMap((event) => (event.type === 'token' ? [event.id] : []));

test('the rows of a spoken prompt are the reference embeddings', () => {
  const ids = Array.from(readGolden<Int32Array>('llm_input_ids').values);
  const patch = tokenizer.idOf('<audio_patch>');
  const span = { start: ids.indexOf(patch), rows: ids.filter((id) => id === patch).length };
  const audio = readGolden('adapter_out_0_alone').values;
  const rows = promptRows({ ids, audioSpans: [span] }, [audio], decoder.embeddings);
  expect(largestDifference(rows, embeds)).toBeLessThan(1e-4);
});

test('prefill and steps give the reference logits and greedy tokens', async () => {
  let logits = await decoder.prefill(embeds, never);
  for (const [index, id] of greedy.entries()) {
    expect(largestDifference(logits, rowOf(index))).toBeLessThan(LOGIT_TOLERANCE);
    expect(new Sampler(GREEDY).choose(logits, new Set())).toBe(id);
    logits = await decoder.step(id, never);
  }
  expect(largestDifference(logits, rowOf(greedy.length))).toBeLessThan(LOGIT_TOLERANCE);
});

test('a prompt fed in pieces gives what it gives in one', async () => {
  const whole = await decoder.prefill(embeds, never);
  decoder.reset();
  for (const [from, to] of [
    [0, 37],
    [37, 38],
    [38, 100],
  ] as const) {
    await decoder.prefill(embeds.slice(from * 64, to * 64), never);
  }
  expect(largestDifference(decoder.mark().logits, whole)).toBeLessThan(1e-4);
});

test('the memory grows past its first size without losing anything', async () => {
  await decoder.prefill(embeds, never);
  const filler = Array.from({ length: 700 }, (_, index) => index % 300);
  const grown = await decoder.append(filler, never);
  decoder.reset();
  await decoder.prefill(embeds, never);
  let logits = new Float32Array();
  for (let at = 0; at < filler.length; at += 100) {
    logits = (await decoder.append(filler.slice(at, at + 100), never)) as Float32Array<ArrayBuffer>;
  }
  expect(largestDifference(grown, logits)).toBeLessThan(1e-4);
});

describe('going back', () => {
  test('to a mark continues as if nothing had been said since', async () => {
    await decoder.prefill(embeds, never);
    const mark = decoder.mark();
    await decoder.append([5, 6, 7], never);
    decoder.truncate(mark);
    expect(largestDifference(await decoder.step(greedy[0]!, never), rowOf(1))).toBeLessThan(LOGIT_TOLERANCE);
  });

  test('is refused past the end', async () => {
    await decoder.prefill(embeds, never);
    const mark = decoder.mark();
    decoder.reset();
    expect(() => decoder.truncate(mark)).toThrow(RangeError);
  });
});

describe('scoring', () => {
  const continuations = [
    greedy.slice(0, 6),
    [...greedy.slice(0, 3), 11, 12],
    [42],
    [],
    greedy.slice(0, 6),
    [9, 8, 7],
  ];

  test('gives each continuation the log-probabilities that single steps give', async () => {
    await decoder.prefill(embeds, never);
    const scores = await decoder.score(continuations, never);
    for (const [index, ids] of continuations.entries()) {
      const mark = decoder.mark();
      const expected: number[] = [];
      for (const id of ids) {
        expected.push(logSoftmax(decoder.mark().logits)[id]!);
        await decoder.step(id, never);
      }
      decoder.truncate(mark);
      expect(largestDifference(scores[index]!.tokens, expected)).toBeLessThan(1e-3);
      expect(scores[index]!.total).toBeCloseTo(
        expected.reduce((sum, value) => sum + value, 0),
        2,
      );
    }
  });

  test('leaves the sequence where it was, also when it is given up', async () => {
    await decoder.prefill(embeds, never);
    await decoder.score(continuations, never);
    await expect(decoder.score(continuations, AbortSignal.abort(new Error('enough')))).rejects.toThrow(
      'enough',
    );
    expect(decoder.position).toBe(100);
    expect(largestDifference(await decoder.step(greedy[0]!, never), rowOf(1))).toBeLessThan(LOGIT_TOLERANCE);
  });
});

describe('generation', () => {
  beforeEach(() => decoder.prefill(embeds, never));

  test('greedily writes the reference tokens and stops at the length', async () => {
    const events = await written({});
    expect(idsOf(events)).toEqual(greedy);
    expect(events.at(-1)).toEqual({ type: 'stop', reason: 'length' });
  });

  test('stops at an end token, which is not given out', async () => {
    const events = await written({ stopIds: new Set([greedy[5]!]) });
    expect(idsOf(events)).toEqual(greedy.slice(0, greedy.indexOf(greedy[5]!)));
    expect(events.at(-1)).toEqual({ type: 'stop', reason: 'end-token' });
  });

  test('stops when the text contains the stop string', async () => {
    const forced = tokenizer.encode('so.</think>no');
    const events = await written({ constraint: (soFar) => [forced[soFar.length]!], stopText: '</think>' });
    expect(tokenizer.decode(idsOf(events))).toBe('so.</think>');
    expect(events.at(-1)).toEqual({ type: 'stop', reason: 'stop-text' });
  });

  test('a constraint with choices picks the likeliest of them, one without ends the reply', async () => {
    const choices = [3, 77, 200];
    const best = choices.reduce((a, b) => (rowOf(0)[a]! >= rowOf(0)[b]! ? a : b));
    const events = await written({ constraint: (soFar) => (soFar.length === 0 ? choices : []) });
    expect(idsOf(events)).toEqual([best]);
    expect(events.at(-1)).toEqual({ type: 'stop', reason: 'end-token' });
  });

  test('forced tokens and free ones mix as if each had been a step', async () => {
    const forced = new Map([
      [1, 17],
      [2, 18],
      [4, 19],
    ]);
    const constraint = (soFar: readonly number[]) =>
      forced.has(soFar.length) ? [forced.get(soFar.length)!] : undefined;
    const ids = idsOf(await written({ constraint, maxNewTokens: 6 }));
    decoder.reset();
    let logits = await decoder.prefill(embeds, never);
    const expected: number[] = [];
    for (let index = 0; index < 6; index++) {
      const id = forced.get(index) ?? new Sampler(GREEDY).choose(logits, new Set());
      expected.push(id);
      logits = await decoder.step(id, never);
    }
    expect(ids).toEqual(expected);
  });

  test('is given up between two steps', async () => {
    const controller = new AbortController();
    const ids: number[] = [];
    const run = async () => {
      for await (const event of generate(
        decoder,
        new Sampler(GREEDY),
        tokenizer,
        options,
        controller.signal,
      )) {
        if (event.type === 'token') ids.push(event.id);
        if (ids.length === 3) controller.abort(new Error('enough'));
      }
    };
    await expect(run()).rejects.toThrow('enough');
    expect(ids).toEqual(greedy.slice(0, 3));
  });

  test('ends with "length" where the context is full', async () => {
    const roomy = decoder.dimensions.context - decoder.position;
    await decoder.append(new Array<number>(roomy - 4).fill(1), never);
    const events = await written({});
    expect(idsOf(events)).toHaveLength(4);
    expect(events.at(-1)).toEqual({ type: 'stop', reason: 'length' });
  }, 60_000);
});

test('a prompt with an audio item has a span for the adaptor to fill', () => {
  const { ids, audioSpans } = buildPrompt([{ role: 'human', content: [{ audioRows: 3 }] }], tokenizer);
  expect(audioSpans).toHaveLength(1);
  expect(ids.slice(audioSpans[0]!.start, audioSpans[0]!.start + 3)).toEqual([453, 453, 453]);
  expect(() => promptRows({ ids, audioSpans }, [], decoder.embeddings)).toThrow(RangeError);
});
