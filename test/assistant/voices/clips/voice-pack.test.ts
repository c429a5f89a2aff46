import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync, zipSync, strToU8, type AsyncZippable, type Zippable } from 'fflate';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeVoicePack } from '../../../../assistant/voices/pack/write-voice-pack.ts';
import { writeBuzz } from '../spoken-sounds.ts';
import { libraryStage, never } from './library-stage.ts';

let here: ReturnType<typeof libraryStage>;
let other: ReturnType<typeof libraryStage>;
beforeEach(async () => {
  here = libraryStage();
  other = libraryStage();
  writeBuzz(join(here.folder, 'set', 'ann.wav'), 210, 1);
  writeBuzz(join(here.folder, 'set', 'ben.wav'), 110, 2);
  await here.take(join(here.folder, 'set'), { source: 'home', licence: 'CC0' });
});
afterEach(() => {
  here.close();
  other.close();
});

async function pack(signal = never): Promise<string> {
  const path = join(here.folder, 'voices.zip');
  for await (const _ of writeVoicePack(here.library, here.library.rows('deleted_at IS NULL'), path, signal));
  return path;
}

/** The pack with something changed. */
async function changed(change: (files: Zippable) => void): Promise<string> {
  const files: Zippable = unzipSync(readFileSync(await pack()));
  change(files);
  const path = join(here.folder, 'changed.zip');
  writeFileSync(path, zipSync(files as AsyncZippable as Zippable));
  return path;
}

test('a voice pack brings sounds and all that is known of them into another library', async () => {
  const [ann] = here.find({ query: 'ann' });
  here.library.describe(ann!.id, { gender: 'female', tags: ['choir'], style: 'warm' });
  expect(await other.take(await pack())).toMatchObject({ added: 2, left: 0 });
  expect(other.find({ query: 'ann' })[0]).toMatchObject({
    id: ann!.id,
    gender: 'female',
    tags: ['choir'],
    style: 'warm',
    source: 'home',
    licence: 'CC0',
  });
});

test('a sound that does not have the hash of the list is left out', async () => {
  const path = await changed((files) => {
    const name = Object.keys(files).find((file) => file.startsWith('clips/'))!;
    const bytes = Uint8Array.from(files[name] as Uint8Array);
    bytes[200]! ^= 1;
    files[name] = bytes;
  });
  const end = await other.take(path);
  expect(end).toMatchObject({ added: 1, left: 1 });
  expect(end.problems[0]?.code).toBe('voice-pack-damaged');
});

test.each([
  ['../../evil.wav', 'strange-name'],
  ['/etc/evil.wav', 'strange-name'],
  ['clips/..\\evil.wav', 'strange-name'],
])('a pack with an entry called %s is refused whole', async (name, reason) => {
  const path = await changed((files) => void (files[name] = strToU8('x')));
  await expect(other.take(path)).rejects.toMatchObject({ code: 'voice-pack-damaged', details: { reason } });
  expect(other.find()).toEqual([]);
});

test('links, bombs, lists with paths of their own and things that are no zip are refused', async () => {
  const link = await changed((files) => {
    const bytes = strToU8('/etc/passwd');
    const hash = createHash('sha256').update(bytes).digest('hex');
    files[`clips/${hash}.wav`] = [bytes, { os: 3, attrs: 0o120777 << 16 }];
  });
  await expect(other.take(link)).rejects.toMatchObject({ details: { reason: 'link' } });
  const bomb = await changed((files) => {
    files['voice-pack.json'] = [new Uint8Array(80_000_000), { level: 6 }];
  });
  await expect(other.take(bomb)).rejects.toMatchObject({ details: { reason: 'too-large' } });
  const list = await changed((files) => {
    files['voice-pack.json'] = strToU8('{"format":"sotto-voice-pack-1","clips":[{"sha256":"../../x"}]}');
  });
  await expect(other.take(list)).rejects.toMatchObject({ details: { reason: 'no-list' } });
  const text = join(here.folder, 'text.zip');
  writeFileSync(text, 'not a zip at all');
  await expect(other.take(text)).rejects.toMatchObject({ details: { reason: 'not-a-zip' } });
});

test('an export that is cancelled leaves nothing', async () => {
  const controller = new AbortController();
  controller.abort();
  await expect(pack(controller.signal)).rejects.toThrow();
  expect(existsSync(join(here.folder, 'voices.zip'))).toBe(false);
  expect(existsSync(join(here.folder, 'voices.zip.partial'))).toBe(false);
});
