import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { clipChange } from '../../../../contract/voices.ts';
import { writeBuzz } from '../spoken-sounds.ts';
import { libraryStage } from './library-stage.ts';

let here: ReturnType<typeof libraryStage>;
beforeEach(() => {
  here = libraryStage();
});
afterEach(() => here.close());

const manifest = (lines: string[]) => {
  const path = join(here.folder, 'set', 'voices.csv');
  mkdirSync(join(here.folder, 'set'), { recursive: true });
  writeFileSync(path, lines.join('\n'));
  return path;
};

function threeVoices(): string {
  writeBuzz(join(here.folder, 'set', 'a.wav'), 95, 1);
  writeBuzz(join(here.folder, 'set', 'b.wav'), 98, 2);
  writeBuzz(join(here.folder, 'set', 'deep', 'c.wav'), 230, 5);
  return manifest([
    'Path,Text,Speaker_ID,gender,Age,style,tags,license',
    'a.wav,"Ahoy, ""mates""",Silas,M,72,slow rough,sea;harbour,CC0',
    'b.wav,Good evening,Bert,male,34,calm,,CC-BY',
    'deep/c.wav,你好，世界,Mei,f,20s,lively,,CC0',
    '../outside.wav,secret,Eve,f,30,,,',
    'missing.wav,gone,Nobody,f,30,,,',
  ]);
}

test('a manifest brings sound, words and licence, and only what lies beside it', async () => {
  writeBuzz(join(here.folder, 'outside.wav'), 200);
  const end = await here.take(threeVoices(), { source: 'my set' });
  expect(end).toMatchObject({ added: 3, known: 0, left: 2, outcome: 'completed' });
  expect(end.problems.map(({ code }) => code)).toEqual(['import-outside', 'audio-file-missing']);
  expect(here.find({ query: 'Silas' })[0]).toMatchObject({
    name: 'Silas',
    transcript: 'Ahoy, "mates"',
    gender: 'male',
    tags: ['sea', 'harbour'],
    licence: 'CC0',
    source: 'my set',
  });
});

test('voices are found by words that mean the same, and each result says what it matched', async () => {
  await here.take(threeVoices());
  expect(here.find({ query: 'old man' })[0]).toMatchObject({ name: 'Silas', matched: ['elderly', 'male'] });
  const sailor = here.find({ query: 'talk like an old sailor' });
  expect(sailor[0]?.name).toBe('Silas');
  expect(sailor[0]?.matched).toEqual(expect.arrayContaining(['elderly', 'male', 'rough', 'slow']));
  expect(here.find({ query: 'young lady' }).map(({ name }) => name)).toEqual(['Mei']);
  expect(here.find({ query: '年轻的女声' })[0]?.name).toBe('Mei');
  expect(here.find({ query: '世界' })[0]?.name).toBe('Mei');
  expect(here.find({ query: 'xyzzy' })).toEqual([]);
  expect(() => here.find({ query: '" OR * NEAR( clip_search' })).not.toThrow();
});

test('voices are found by how alike they sound', async () => {
  await here.take(threeVoices());
  const [silas] = here.find({ query: 'Silas' });
  const near = here.find({ similarTo: silas!.id });
  expect(near.map(({ name }) => name)).toEqual(['Bert', 'Mei']);
  expect(near[0]!.similarity!).toBeGreaterThan(near[1]!.similarity!);
  expect(here.find({ similarTo: silas!.id, query: 'woman' }).map(({ name }) => name)).toEqual(['Mei']);
});

test('the same sound is taken in once, and an import can be taken back and brought back', async () => {
  const path = threeVoices();
  const first = await here.take(path);
  expect(await here.take(path)).toMatchObject({ added: 0, known: 3 });
  expect(here.library.batches()).toMatchObject([{ id: first.batchId, clips: 3 }]);
  const gone = here.library.deleteBatch(first.batchId);
  expect(gone).toHaveLength(3);
  expect(here.find()).toEqual([]);
  expect(here.find({ query: 'Silas' })).toEqual([]);
  here.library.restore(gone);
  expect(here.find({ query: 'Silas' })).toHaveLength(1);
  expect(here.find({ similarTo: here.find({ query: 'Silas' })[0]!.id })).toHaveLength(2);
});

test('what was deleted is forgotten for good after a day, sound included', async () => {
  await here.take(threeVoices());
  const [silas] = here.find({ query: 'Silas' });
  const { hash } = here.library.require(silas!.id);
  here.library.delete([silas!.id]);
  here.library.purge();
  expect(existsSync(here.library.files.pathOf(hash))).toBe(true);
  here.clock.now += 25 * 60 * 60 * 1000;
  here.library.purge();
  expect(existsSync(here.library.files.pathOf(hash))).toBe(false);
  expect(here.library.restore([silas!.id])).toBe(0);
});

test('a renamed voice is found under its new name, and favourites come first', async () => {
  await here.take(threeVoices());
  const [bert] = here.find({ query: 'Bert' });
  here.library.describe(bert!.id, { name: 'Grandfather clock', favourite: true });
  expect(here.find({ query: 'Bert' })).toEqual([]);
  expect(here.find({ query: 'clock' })[0]?.id).toBe(bert!.id);
  expect(here.find()[0]).toMatchObject({ name: 'Grandfather clock', favourite: true });
});

test('all that is said of a voice can be changed, is found at once, and can be put back', async () => {
  await here.take(threeVoices(), { source: 'my set' });
  const [bert] = here.find({ query: 'Bert' });
  const change = clipChange.parse({
    transcript: 'The lighthouse keeper waves.',
    gender: 'female',
    age: '81',
    style: 'whispering',
    emotion: 'sad',
    language: 'Scots',
    tags: [' island ', 'night'],
    source: 'grandmother',
    licence: 'hers',
  });
  expect(here.library.describe(bert!.id, change)).toMatchObject({
    ...change,
    name: 'Bert',
    tags: ['island', 'night'],
  });
  for (const query of ['lighthouse', 'elderly woman', 'whispering', 'sad', 'Scots', 'island'])
    expect(here.find({ query })[0]?.id, query).toBe(bert!.id);
  expect(here.find({ query: 'evening' })).toEqual([]);
  expect(here.find({ query: 'calm' })).toEqual([]);
  const { transcript, style, gender, age, emotion, language, tags, source, licence } = bert!;
  const before = { transcript, style, gender, age, emotion, language, tags, source, licence };
  expect(here.library.describe(bert!.id, clipChange.parse(before))).toMatchObject(before);
  expect(here.find({ query: 'evening' })[0]?.id).toBe(bert!.id);
  expect(here.find({ query: 'lighthouse' })).toEqual([]);
});

test('a description without a name, or with words that are too long, is not taken', () => {
  expect(clipChange.safeParse({ name: '  ' }).success).toBe(false);
  expect(clipChange.safeParse({ gender: 'loud' }).success).toBe(false);
  expect(clipChange.safeParse({ licence: 'x'.repeat(201) }).success).toBe(false);
  expect(clipChange.safeParse({ tags: Array.from({ length: 21 }, (_, at) => `tag ${at}`) }).success).toBe(
    false,
  );
  expect(clipChange.safeParse({ tags: [''] }).success).toBe(false);
  expect(clipChange.parse({ hash: 'abc', seconds: 3 })).toEqual({});
});

test('a folder is read to its depths, links are not followed, and what cannot be read is told', async () => {
  writeBuzz(join(here.folder, 'set', 'one.wav'), 120, 1);
  writeBuzz(join(here.folder, 'set', 'deeper', 'two_voices.WAV'), 160, 2);
  writeFileSync(join(here.folder, 'set', 'broken.wav'), 'no sound');
  writeBuzz(join(here.folder, 'elsewhere', 'three.wav'), 150, 3);
  symlinkSync(join(here.folder, 'elsewhere'), join(here.folder, 'set', 'link'));
  const end = await here.take(join(here.folder, 'set'));
  expect(end).toMatchObject({ added: 2, left: 1 });
  expect(end.problems[0]?.code).toBe('audio-file-not-wav');
  expect(
    here
      .find()
      .map(({ name }) => name)
      .sort(),
  ).toEqual(['one', 'two voices']);
});

test('an import that is cancelled keeps what it has, as one batch', async () => {
  for (let at = 0; at < 5; at += 1) writeBuzz(join(here.folder, 'set', `${at}.wav`), 100 + 20 * at, at + 1);
  const controller = new AbortController();
  const has = here.library.has.bind(here.library);
  let asked = 0;
  here.library.has = (hash) => {
    if ((asked += 1) > 2) controller.abort();
    return has(hash);
  };
  const end = await here.take(join(here.folder, 'set'), {}, controller.signal);
  expect(end.outcome).toBe('cancelled');
  expect(here.library.batches()).toMatchObject([{ clips: end.added }]);
  expect(end.added).toBeLessThan(5);
});

test('a list without paths is refused with the line', async () => {
  await expect(here.take(manifest(['text,speaker', 'hello,Ann']))).rejects.toMatchObject({
    code: 'manifest-wrong',
    details: { line: 1 },
  });
});
