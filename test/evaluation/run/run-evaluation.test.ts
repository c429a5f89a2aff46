import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { UserError } from '../../../contract/user-errors.ts';
import type { ReplyEvent } from '../../../contract/engine-contract.ts';
import type { EvaluationSet, Item } from '../../../evaluation/items.ts';
import type { Judge, JudgeQuestion } from '../../../evaluation/judge/judge.ts';
import type { Results } from '../../../evaluation/report/results.ts';
import { runEvaluation, spreadEvenly, type EvaluationRun } from '../../../evaluation/run/run-evaluation.ts';
import { madeFolder, newFolder, tone } from '../made-files.ts';
import { standInModel, StandInModel, type Asked } from './stand-in-model.ts';

const signal = new AbortController().signal;
const heard = (transcript: string): ReplyEvent => ({
  type: 'heard',
  transcript,
  rejected: false,
  confidence: 1,
});
const call = (name: string, given: Record<string, unknown> = {}): ReplyEvent => {
  return { type: 'tool-call', name, arguments: given };
};

async function sounds(count: number): Promise<string[]> {
  const names = Array.from({ length: count }, (_, index) => `${index}.wav`);
  const folder = await madeFolder(
    Object.fromEntries(names.map((name, index) => [name, tone(300 + 50 * index)])),
  );
  return names.map((name) => join(folder, name));
}

function setOf(name: string, task: Item['task'], items: readonly Item[], language = 'en'): EvaluationSet {
  return { name, layout: 'manifest', task, language, items, skipped: [] };
}

async function spokenSet(texts: readonly string[]): Promise<EvaluationSet> {
  const files = await sounds(texts.length);
  const items = texts.map((reference, index): Item => {
    return { task: 'transcribe', id: `u${index}`, sound: files[index]!, reference };
  });
  return setOf('spoken', 'transcribe', items);
}

function runOf(sets: readonly EvaluationSet[], engine: StandInModel, folder: string): EvaluationRun {
  return {
    engine,
    model: standInModel,
    sets,
    folder,
    judge: undefined,
    audits: true,
    limit: 0,
    onQuestion: () => {},
    onSet: () => {},
    now: () => new Date('2026-01-02T03:04:05Z'),
  };
}

/** Without the times, which differ each time. */
const figures = (results: Results): unknown => results.sets.map(({ times: _times, ...rest }) => rest);

describe('an evaluation', () => {
  test('asks every question with its sound and with silence, and tells them apart', async () => {
    const set = await spokenSet(['turn it up', 'turn it down', 'stop']);
    const engine = new StandInModel();
    let count = 0;
    engine.reply_ = ({ isSilent }) =>
      isSilent ? [heard('stop')] : [heard(['turn it up', 'turn down', 'stop'][count++]!)];
    const results = await runEvaluation(runOf([set], engine, await newFolder()), signal);
    expect(engine.asked.map(({ isSilent }) => isSilent)).toEqual([false, true, false, true, false, true]);
    expect(engine.open.size).toBe(0);
    const [only] = results.sets;
    expect(only).toMatchObject({ answered: 3, isImpossible: false, skipped: [] });
    expect(only!.scores).toMatchObject({ rate: 1 / 7, deletions: 1, perfect: 2 });
    expect(only!.audit).toMatchObject({ blind: { right: 1, of: 3 }, invented: 3 });
    // "stop" was right without sound: the rest is the other two.
    expect(only!.audit!.rest).toMatchObject({ rate: 1 / 6, utterances: 2 });
    expect(results).toMatchObject({ isWhole: true, made: '2026-01-02T03:04:05.000Z', judge: '' });
  });

  test('goes on where it was killed, and comes to the same result', async () => {
    const set = await spokenSet(['one lamp', 'two lamps', 'three lamps', 'four lamps']);
    const scripted = ({ isSilent, request }: Asked): ReplyEvent[] => [heard(isSilent ? '' : request.task)];
    const whole = new StandInModel();
    whole.reply_ = scripted;
    const folder = await newFolder();
    const expected = await runEvaluation(runOf([set], whole, folder), signal);

    const answers = join(folder, 'answers', 'spoken.jsonl');
    const text = readFileSync(answers);
    // Killed in the middle of writing the sixth line.
    const cut = text.toString('latin1').split('\n').slice(0, 5).join('\n').length + 20;
    writeFileSync(answers, text.subarray(0, cut));
    const second = new StandInModel();
    second.reply_ = scripted;
    const resumed = await runEvaluation(runOf([set], second, folder), signal);
    expect(second.asked).toHaveLength(3);
    expect(figures(resumed)).toEqual(figures(expected));

    const third = new StandInModel();
    await runEvaluation(runOf([set], third, folder), signal);
    expect(third.asked).toHaveLength(0);
  });

  test('asks again when the model or the sound is another one', async () => {
    const set = await spokenSet(['one', 'two']);
    const folder = await newFolder();
    const engine = new StandInModel();
    await runEvaluation(runOf([set], engine, folder), signal);
    expect(engine.asked).toHaveLength(4);
    const other = { ...runOf([set], engine, folder), model: { ...standInModel, identity: 'stand-in|2' } };
    await runEvaluation(other, signal);
    expect(engine.asked).toHaveLength(8);
    writeFileSync(set.items[0]!.sound, tone(999));
    await runEvaluation(runOf([set], engine, folder), signal);
    expect(engine.asked).toHaveLength(10);
  });

  test('names what cannot be asked and goes on', async () => {
    const set = await spokenSet(['one', 'two', 'three']);
    rmSync(set.items[0]!.sound);
    writeFileSync(set.items[1]!.sound, 'no sound');
    const results = await runEvaluation(runOf([set], new StandInModel(), await newFolder()), signal);
    expect(results.sets[0]!.skipped.map(({ id }) => id)).toEqual(['u0', 'u1']);
    expect(results.sets[0]!.skipped[0]!.reason).toContain('There is no file');
    expect(results.sets[0]).toMatchObject({ items: 3, answered: 1 });
  });

  test('gives up when the engine fails again and again, and keeps what there is', async () => {
    const set = await spokenSet(Array.from({ length: 9 }, (_, index) => `text ${index}`));
    const engine = new StandInModel();
    engine.reply_ = () => {
      if (engine.asked.length > 4) throw new UserError('engine-crashed');
      return [heard('x')];
    };
    const folder = await newFolder();
    await expect(runEvaluation(runOf([set], engine, folder), signal)).rejects.toMatchObject({
      code: 'engine-crashed',
    });
    expect(
      readFileSync(join(folder, 'answers', 'spoken.jsonl'), 'utf8')
        .trim()
        .split('\n'),
    ).toHaveLength(4);
  });

  test('says so when a model cannot do what a set asks for', async () => {
    const [sound = ''] = await sounds(1);
    const item: Item = { task: 'translate', id: 'a', sound, reference: '你好', targetLanguage: 'zh' };
    const engine = new StandInModel();
    engine.reply_ = () => {
      throw new UserError('bad-request', { field: 'task' });
    };
    const results = await runEvaluation(
      runOf([setOf('t', 'translate', [item])], engine, await newFolder()),
      signal,
    );
    expect(results.sets[0]).toMatchObject({
      isImpossible: true,
      scores: undefined,
      audit: undefined,
      skipped: [],
    });
  });

  test('ends at once when it is cancelled, with the answers so far', async () => {
    const set = await spokenSet(['one', 'two', 'three']);
    const stop = new AbortController();
    const engine = new StandInModel();
    engine.reply_ = () => {
      if (engine.asked.length === 3) stop.abort(new Error('enough'));
      return [heard('x')];
    };
    const folder = await newFolder();
    await expect(runEvaluation(runOf([set], engine, folder), stop.signal)).rejects.toThrow('enough');
    expect(readdirSync(join(folder, 'answers'))).toEqual(['spoken.jsonl']);
    expect(engine.open.size).toBe(0);
  });

  test('scores translations, tool calls and dialogues, and asks the judge only what it must', async () => {
    const [a = '', b = '', c = '', d = ''] = await sounds(4);
    const tool = (
      id: string,
      sound: string,
      wanted: string | undefined,
      given: Record<string, unknown>,
    ): Item => ({
      task: 'tool',
      id,
      sound,
      about: 'get_weather',
      wanted: wanted === undefined ? undefined : { name: wanted, arguments: given },
      history: [{ from: 'human', text: '你好' }],
      spoken: '天气',
    });
    const sets = [
      setOf('covost', 'translate', [
        { task: 'translate', id: 'x', sound: a, reference: '今天天气很好。', targetLanguage: 'zh' },
      ]),
      setOf('tools', 'tool', [
        tool('equal', a, 'get_weather', { location: 'chengdu' }),
        tool('other', b, 'get_weather', { location: 'beijing' }),
        tool('none', c, undefined, {}),
      ]),
      setOf('beyond', 'paralinguistic', [
        { task: 'paralinguistic', id: 'p', sound: a, dimension: 'Age', label: '20-30岁', answer: '' },
      ]),
      setOf('talk', 'converse', [
        { task: 'converse', id: 't', sound: d, question: 'how are you', reference: '' },
      ]),
    ];
    const engine = new StandInModel();
    engine.reply_ = ({ request, isSilent }) => {
      if (isSilent) return [];
      if (request.task === 'translate') return [{ type: 'text-delta', text: '今天天气很好。' }];
      if (request.task === 'converse' && request.tools.length > 0)
        return [call('get_weather', { location: 'chengdu' })];
      return [{ type: 'text-delta', text: 'about twenty five' }];
    };
    const questions: JudgeQuestion[] = [];
    const judge: Judge = {
      name: 'a judge',
      mark: async (question) => {
        questions.push(question);
        return question.kind === 'conversation' ? 0.75 : 1;
      },
    };
    const folder = await newFolder();
    const results = await runEvaluation({ ...runOf(sets, engine, folder), judge }, signal);
    const [covost, tools, beyond, talk] = results.sets;
    expect(covost!.scores).toMatchObject({ score: expect.closeTo(100, 6) as number });
    expect(tools!.scores).toMatchObject({
      tools: [
        {
          tool: 'get_weather',
          positives: 2,
          negatives: 1,
          trigger: { named: { precision: { right: 2, of: 3 }, recall: { right: 2, of: 2 } } },
          parameter: { right: 2, of: 2 },
        },
      ],
    });
    expect(beyond!.scores).toMatchObject({ byDimension: { Age: { right: 1, of: 1 } }, unjudged: 0 });
    expect(talk!.scores).toMatchObject({ mark: 0.75, judged: 1 });
    // Equal arguments, silence and answers without words need no judge.
    expect(questions.map(({ kind }) => kind)).toEqual(['arguments', 'paralinguistic', 'conversation']);
    const systems = engine.asked.map(({ request }) => request.messages[0]!.role);
    expect(systems.filter((role) => role === 'system').length).toBeGreaterThan(0);

    questions.length = 0;
    await runEvaluation({ ...runOf(sets, engine, folder), judge }, signal);
    expect(questions).toEqual([]);
  });

  test('takes a sample that is spread over the whole set', () => {
    expect(spreadEvenly([1, 2, 3, 4, 5, 6], 3)).toEqual([1, 3, 5]);
    expect(spreadEvenly([1, 2], 3)).toEqual([1, 2]);
    expect(spreadEvenly([1, 2], 0)).toEqual([1, 2]);
  });
});
