import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { UserError } from '../../../contract/user-errors.ts';
import type { EvaluationSet, ToolItem } from '../../../evaluation/items.ts';
import { findSets } from '../../../evaluation/sets/find-sets.ts';
import { madeFolder } from '../made-files.ts';

const signal = new AbortController().signal;
const found = async (files: Readonly<Record<string, string>>, below = '') => {
  const folder = await madeFolder(files);
  const { sets, problems } = await findSets(join(folder, below), { heldOutOnly: false }, signal);
  return { folder, sets, problems };
};
const shortly = ({ name, task, language, published, items, skipped }: EvaluationSet) => ({
  name,
  task,
  language,
  published,
  items: items.map(({ id }) => id),
  skipped: skipped.map(({ id }) => id),
});

describe('sets in their own layouts', () => {
  test('LibriSpeech: transcripts of chapters beside their FLAC files', async () => {
    const chapter = 'LibriSpeech/test-clean/1089/134686';
    const { folder, sets } = await found({
      [`${chapter}/1089-134686.trans.txt`]: '1089-134686-0000 HE HOPED\n1089-134686-0001 STUFF IT\nodd\n',
      [`${chapter}/1089-134686-0000.flac`]: '',
      'LibriSpeech/test-clean/61/70968/61-70968-0000.flac': '',
    });
    expect(sets.map(shortly)).toEqual([
      {
        name: 'LibriSpeech test-clean',
        task: 'transcribe',
        language: 'en',
        published: 'LibriSpeech clean',
        items: ['1089-134686-0000', '1089-134686-0001'],
        skipped: ['1089-134686.trans.txt, line 3', '61-70968'],
      },
    ]);
    expect(sets[0]!.items[0]).toMatchObject({
      reference: 'HE HOPED',
      sound: join(folder, chapter, '1089-134686-0000.flac'),
    });
  });

  test('Kaldi: files are taken where they are named, and commands are never run', async () => {
    const { folder, sets } = await found({
      'wenetspeech/test_net/wav.scp':
        'u1 wavs/u1.wav\nu2 /data/u2.wav\nu3 sph2pipe -f wav x.sph |\nu4\nu5 wavs/u5.wav\n',
      'wenetspeech/test_net/text': 'u1 你好\nu2 再见\nu3 不行\nu6 没有\n',
    });
    expect(sets.map(shortly)).toEqual([
      {
        name: 'test_net',
        task: 'transcribe',
        language: 'zh',
        published: 'WenetSpeech net',
        items: ['u1', 'u2'],
        skipped: ['u3', 'wav.scp, line 4', 'u6'],
      },
    ]);
    expect(sets[0]!.items.map(({ sound }) => sound)).toEqual([
      join(folder, 'wenetspeech', 'test_net', 'wavs', 'u1.wav'),
      '/data/u2.wav',
    ]);
  });

  test('AISHELL-1: the test speakers alone', async () => {
    const { sets } = await found({
      'data_aishell/transcript/aishell_transcript_v0.8.txt':
        'BAC009S0764W0121 甚至 出现 交易\nBAC009S0002W0122 训练 用\n',
      'data_aishell/wav/test/S0764/BAC009S0764W0121.wav': '',
      'data_aishell/wav/test/S0764/BAC009S0764W0999.wav': '',
      'data_aishell/wav/train/S0002/BAC009S0002W0122.wav': '',
    });
    expect(sets.map(shortly)).toEqual([
      {
        name: 'AISHELL-1 test',
        task: 'transcribe',
        language: 'zh',
        published: 'AISHELL',
        items: ['BAC009S0764W0121'],
        skipped: ['BAC009S0764W0999'],
      },
    ]);
  });

  test('Common Voice and CoVoST 2: two lists beside the same clips', async () => {
    const { folder, sets } = await found({
      'cv/en/test.tsv':
        'client_id\tpath\tsentence\tlocale\nx\ta.mp3\tHello "you"\ten\nx\t../out.mp3\tNo\ten\nx\tb.mp3\t\ten\n',
      'cv/en/covost_v2.en_zh-CN.tsv': 'path\ttranslation\tsplit\na.mp3\t你好\ttest\nb.mp3\t训练\ttrain\n',
      'cv/en/clips/a.mp3': '',
    });
    expect(sets.map(shortly)).toEqual([
      {
        name: 'CoVoST 2 en to zh-CN',
        task: 'translate',
        language: 'en',
        published: 'CoVoST 2 English-to-Chinese',
        items: ['a.mp3'],
        skipped: [],
      },
      {
        name: 'Common Voice en',
        task: 'transcribe',
        language: 'en',
        published: 'Common Voice',
        items: ['a.mp3'],
        skipped: ['test.tsv, line 3', 'b.mp3'],
      },
    ]);
    expect(sets[0]!.items[0]).toMatchObject({
      sound: join(folder, 'cv', 'en', 'clips', 'a.mp3'),
      targetLanguage: 'zh-CN',
    });
    expect(sets[1]!.items[0]).toMatchObject({ reference: 'Hello "you"' });
  });

  test('FLEURS: a list without a heading, and what was written in it', async () => {
    const { sets } = await found({
      'fleurs/data/cmn_hans_cn/test.tsv':
        '12\t1.wav\t你好，2023。\t你好 二 零\t你|好\t1600\tMALE\nodd line\n',
      'fleurs/data/cmn_hans_cn/audio/test/1.wav': '',
    });
    expect(sets.map(shortly)).toEqual([
      {
        name: 'FLEURS cmn_hans_cn',
        task: 'transcribe',
        language: 'zh',
        published: 'FLEURS Chinese',
        items: ['1.wav'],
        skipped: ['test.tsv, line 2'],
      },
    ]);
  });

  test('StepEval-Audio-Toolcall: a set for each tool, calls read as the engine reads them', async () => {
    const wav = (text: string, value: string) => ({ from: 'Human', text, value: { type: 'wav', value } });
    const said = (text: string) => ({ from: 'Assistant', text, value: { type: 'wav', value: 'wav/x.wav' } });
    const call = (text: string) => ({ from: 'Assistant', text, value: text });
    const weather = '<tool_call>function\nget_weather\n{"location": "chengdu"}</tool_call>';
    const time = '<tool_call>function  \nget_date_time  \n{}</tool_call>';
    const { folder, sets } = await found({
      'Step-Audio_Toolcall/get_weather_positive.jsonl': [
        JSON.stringify([
          wav('你好', 'wav/0-0.wav'),
          said('好的'),
          wav('成都天气', 'wav/0-2.wav'),
          call(weather),
        ]),
        JSON.stringify([wav('天气', '../../secret.wav'), call(weather)]),
        '{"not": "a dialogue"}',
        'not JSON',
      ].join('\n'),
      'Step-Audio_Toolcall/get_weather_negative.jsonl': JSON.stringify([
        wav('几点', 'wav/1-0.wav'),
        call(time),
      ]),
      'Step-Audio_Toolcall/timbre_positive.jsonl': JSON.stringify([said('好'), said('好')]),
    });
    expect(sets.map(({ name }) => name)).toEqual(['StepEval-Audio-Toolcall get_weather']);
    const [set] = sets;
    expect(set!.items).toEqual([
      {
        task: 'tool',
        id: 'get_weather_positive.jsonl-0',
        sound: join(folder, 'Step-Audio_Toolcall', 'wav', '0-2.wav'),
        about: 'get_weather',
        wanted: { name: 'get_weather', arguments: { location: 'chengdu' } },
        history: [
          { from: 'human', text: '你好' },
          { from: 'assistant', text: '好的' },
        ],
        spoken: '成都天气',
      },
      expect.objectContaining({ wanted: { name: 'get_date_time', arguments: {} } }) as ToolItem,
    ]);
    expect(set!.skipped.map(({ reason }) => reason)).toEqual([
      'its sound does not lie beside the file',
      'not a dialogue',
      'not JSON',
    ]);
  });

  test('StepEval-Audio-Paralinguistic: a folder for each dimension', async () => {
    const entry = (audio: string, label: string) => ({
      audio,
      task: { name: '识别', label, answer: '我觉得……' },
    });
    const { sets } = await found({
      'p/gender/gender.json': JSON.stringify([
        entry('audio/1.wav', '男'),
        entry('/etc/passwd', '女'),
        { odd: 1 },
      ]),
      'p/age/age.json': JSON.stringify([entry('audio/2.wav', '20-30岁')]),
      'p/vocalsound/vocalsound.json': JSON.stringify([entry('audio/3.wav', 'cough')]),
    });
    expect(sets).toHaveLength(1);
    expect(sets[0]!.items.map((item) => 'dimension' in item && [item.dimension, item.label])).toEqual([
      ['Gender', '男'],
      ['Age', '20-30岁'],
      ['Vocal', 'cough'],
    ]);
    const left = sets[0]!.skipped.map(({ id }) => id);
    expect(left).toContain('gender.json, entry 2');
    expect(left).toContain('gender.json, entry 3');
    expect(left).toContain('voice_tone');
  });

  test('that cannot be read are named while the others are', async () => {
    const { sets, problems } = await found({
      'bad/en/test.tsv': 'one\ttwo\n1\t2\n',
      'bad/en/clips/a.mp3': '',
      'good/list.jsonl': '{"audio": "a.wav", "text": "hello"}\n',
      'good/a.wav': '',
    });
    expect(sets.map(({ name }) => name)).toEqual(['list']);
    expect(problems).toEqual([expect.stringContaining('it has no columns "path" and "sentence"')]);
  });

  test('that are not there are a failure with the place', async () => {
    const folder = await madeFolder({ 'readme.txt': 'nothing' });
    const missing = (path: string) => findSets(path, { heldOutOnly: false }, signal);
    await expect(missing(folder)).rejects.toMatchObject({
      code: 'evaluation-sets-missing',
      details: { path: folder },
    });
    await expect(missing(join(folder, 'nowhere'))).rejects.toBeInstanceOf(UserError);
    await expect(missing(join(folder, 'readme.txt'))).rejects.toMatchObject({ code: 'evaluation-set-wrong' });
  });
});
