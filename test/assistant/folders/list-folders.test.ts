import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FolderPlace } from '../../../assistant/folders/folder-places.ts';
import { folderPlaces } from '../../../assistant/folders/folder-places.ts';
import { listFolders } from '../../../assistant/folders/list-folders.ts';

const never = new AbortController().signal;
let root: string;
let home: string;
let drive: string;
let places: FolderPlace[];

beforeAll(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'sotto-folders-')));
  home = join(root, 'home');
  drive = join(root, 'drive');
  for (const name of ['part 10', 'part 2', '.cache', 'Äpfel', 'notes.d/inner'])
    mkdirSync(join(home, name), { recursive: true });
  mkdirSync(join(drive, 'films'), { recursive: true });
  mkdirSync(join(root, 'elsewhere', 'secret'), { recursive: true });
  mkdirSync(join(root, 'home-of-another'));
  writeFileSync(join(home, 'diary.txt'), 'not to be told');
  symlinkSync(join(root, 'elsewhere'), join(home, 'way out'));
  symlinkSync(drive, join(home, 'to the drive'));
  symlinkSync(join(home, 'nowhere'), join(home, 'broken'));
  places = [
    { kind: 'home', name: 'home', path: home },
    { kind: 'drive', name: 'drive', path: drive },
  ];
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const list = (path: string, hidden = false) => listFolders(path, hidden, never, places);
const names = ({ folders }: { folders: { name: string }[] }) => folders.map(({ name }) => name);

test('folders are listed by name, numbers as numbers; files, hidden folders and ways out are not', async () => {
  const listing = await list(home);
  expect(names(listing)).toEqual(['Äpfel', 'notes.d', 'part 2', 'part 10', 'to the drive']);
  expect(listing).toMatchObject({ path: home, isCutOff: false, places });
  expect(listing.parent).toBeUndefined();
  expect(JSON.stringify(listing)).not.toContain('diary');
});

test('hidden folders are listed when they are asked for', async () => {
  expect(names(await list(home, true))).toContain('.cache');
});

test('a folder inside tells the way up, and a link to a drive leads there', async () => {
  const inside = await list(join(home, 'notes.d'));
  expect(inside).toMatchObject({ parent: home, folders: [{ name: 'inner' }] });
  const linked = await list(join(home, 'to the drive'));
  expect(linked.path).toBe(drive);
  expect(linked.parent).toBeUndefined();
});

test('whatever lies outside, is no folder or is not there shows home, without telling which it was', async () => {
  const outside = [
    '',
    '/',
    root,
    join(root, 'elsewhere'),
    join(root, 'home-of-another'),
    `${home}/../elsewhere`,
    join(home, 'way out', 'secret'),
    join(home, 'diary.txt'),
    join(home, 'gone'),
    'notes.d',
    `${home}\0/notes.d`,
    'file:///etc',
  ];
  for (const path of outside) expect((await list(path)).path, path).toBe(home);
});

test('a long list is cut off and says so', async () => {
  const many = join(drive, 'many');
  mkdirSync(many);
  for (let index = 0; index < 1001; index++) mkdirSync(join(many, String(index)));
  const listing = await list(many);
  expect(listing.folders).toHaveLength(1000);
  expect(listing.isCutOff).toBe(true);
});

test('an aborted request stops', async () => {
  await expect(listFolders(home, false, AbortSignal.abort(), places)).rejects.toThrow();
});

test('home is always the first place', () => {
  expect(folderPlaces()[0]).toMatchObject({ kind: 'home', path: realpathSync(homedir()) });
});
