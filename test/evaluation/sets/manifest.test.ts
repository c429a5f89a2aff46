import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readManifestSets } from '../../../evaluation/sets/manifest.ts';
import { isStarterCommand, readStarterCommands } from '../../../evaluation/sets/starter-commands.ts';
import { madeFolder } from '../made-files.ts';

const lines = (...values: readonly unknown[]): string =>
  values.map((value) => JSON.stringify(value)).join('\n');

describe('a plain list', () => {
  test('holds questions of every kind, a set for each task and language', async () => {
    const folder = await madeFolder({
      'list.jsonl': lines(
        { audio: 'a.wav', text: 'hello' },
        { audio: 'b.wav', text: '你好', language: 'zh' },
        { task: 'translate', audio: 'a.wav', reference: '你好', targetLanguage: 'zh' },
        { task: 'paralinguistic', audio: 'a.wav', dimension: 'gender', label: 'female' },
        { task: 'tool', audio: 'a.wav', id: 't', tool: null },
        { task: 'converse', audio: 'a.wav', id: 'c', text: 'how are you' },
      )
        .replace('"task":"translate"', '"id":"x","task":"translate"')
        .replace('"task":"paralinguistic"', '"id":"p","task":"paralinguistic"'),
    });
    const sets = await readManifestSets(join(folder, 'list.jsonl'));
    expect(sets.map(({ name, items }) => [name, items.length])).toEqual([
      ['list transcribe en', 1],
      ['list transcribe zh', 1],
      ['list translate en', 1],
      ['list paralinguistic en', 1],
      ['list tool en', 1],
      ['list converse en', 1],
    ]);
    expect(sets[3]!.items[0]).toMatchObject({ dimension: 'Gender', label: 'female' });
    expect(sets[4]!.items[0]).toMatchObject({ wanted: undefined, about: undefined });
  });

  test('loses only the lines that cannot be used, and names them', async () => {
    const folder = await madeFolder({
      'list.jsonl': [
        lines(
          { audio: 'a.wav', text: 'hello' },
          { audio: '../b.wav', text: 'x' },
          { audio: 'a.wav', text: 'again' },
        ),
        '{"audio":',
        lines(
          { text: 'no sound' },
          { task: 'sing', audio: 'a.wav' },
          { task: 'paralinguistic', audio: 'c.wav', dimension: 'smell', label: 'x' },
        ),
        '[]',
      ].join('\n'),
    });
    const [set] = await readManifestSets(join(folder, 'list.jsonl'));
    expect(set!.items.map(({ id }) => id)).toEqual(['a.wav']);
    expect(set!.skipped.map(({ id }) => id)).toEqual([
      'line 2 (../b.wav)',
      'line 3 (a.wav)',
      'line 4',
      'line 5',
      'line 6',
      'line 7',
      'line 8',
    ]);
  });

  test('without any usable line is a failure with its reason', async () => {
    const folder = await madeFolder({
      'list.jsonl': 'odd\n',
      'empty.jsonl': '',
      'latin.jsonl': Buffer.from([0xe4, 0xff]),
    });
    for (const [name, reason] of [
      ['list.jsonl', 'line 1: not JSON'],
      ['empty.jsonl', 'it is empty'],
      ['latin.jsonl', 'UTF-8'],
    ] as const) {
      await expect(readManifestSets(join(folder, name))).rejects.toMatchObject({
        code: 'evaluation-set-wrong',
        details: { reason: expect.stringContaining(reason) as string },
      });
    }
  });
});

describe('test commands of the starter', () => {
  const command = (id: string, voice: string, target: string, content = 'speech') => ({
    id,
    text: 'timer for ten minutes',
    intent: 'x',
    slots: {},
    target,
    voice,
    gender: content === 'speech' ? 'male' : 'unsure',
    content,
  });
  const list = lines(
    command('a-1', 'flite-awb', '<tool_call>function\nset_timer\n{"duration": "ten minutes"}</tool_call>'),
    command('a-2', 'flite-slt', '<intent>greeting\n{}</intent>'),
    command('a-3', 'none', '<intent>unknown\n{}</intent>', 'noise'),
  );

  test('are asked for words, for what is to be done and for who speaks', async () => {
    const folder = await madeFolder({ 'a.jsonl': list });
    expect(isStarterCommand(list.split('\n')[0]!)).toBe(true);
    expect(isStarterCommand('{"audio": "a.wav", "text": "x"}')).toBe(false);
    const sets = await readStarterCommands(join(folder, 'a.jsonl'), false);
    expect(sets.map(({ name, items }) => [name, items.map(({ id }) => id)])).toEqual([
      ['starter a, new wording', ['a-1', 'a-2']],
      ['starter a, new wording: commands', ['a-1', 'a-2', 'a-3']],
      ['starter a, new wording: speakers', ['a-1', 'a-2']],
    ]);
    expect(sets[1]!.items).toMatchObject([
      { wanted: { name: 'set_timer', arguments: { seconds: 600 } }, sound: join(folder, 'a', 'a-1.wav') },
      { wanted: undefined },
      { wanted: undefined },
    ]);
  });

  test('of held-out voices can be taken alone', async () => {
    const folder = await madeFolder({ 'a.jsonl': list });
    const sets = await readStarterCommands(join(folder, 'a.jsonl'), true);
    expect(sets.flatMap(({ items }) => items.map(({ id }) => id))).toEqual(['a-1', 'a-1', 'a-3', 'a-1']);
    expect(sets[0]!.name).toBe('starter a, new wording, unheard voices');
  });
});
