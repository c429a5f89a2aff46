import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { KnowledgeStatus } from '../../../contract/knowledge.ts';
import { Knowledge } from '../../../assistant/knowledge/knowledge.ts';
import { plainCommand } from '../../../assistant/intents/plain-command.ts';
import { smallPdf } from './small-pdf.ts';

const never = new AbortController().signal;
let root: string;
let folders: string[];
let told: KnowledgeStatus[];
let knowledge: Knowledge;

const open = () =>
  new Knowledge({
    databaseFile: join(root, 'knowledge.db'),
    folders: () => folders,
    setFolders: (next) => {
      folders = next;
    },
    onChange: (status) => told.push(status),
    report: (error) => {
      throw error;
    },
  });
const write = (name: string, text: string | Uint8Array) => writeFileSync(join(root, 'notes', name), text);
const find = (question: string) => knowledge.search(question, 3, undefined, never);

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'sotto-knowledge-'));
  mkdirSync(join(root, 'notes', '.hidden'), { recursive: true });
  folders = [];
  told = [];
  knowledge = open();
  write(
    'garden.md',
    '# Garden\n\nWater the roses on Monday.\n\n## Tomatoes\nPlant them in May. They need sun.\n',
  );
  write('wifi.txt', 'The wifi password of the cabin is bluebird.\n');
  write(
    'page.html',
    '<title>Bread</title><main><h1>Bread</h1><p>Bake the rye loaf for fifty minutes at 220 degrees. It keeps for a week when it is wrapped in a cloth, and it tastes best on the second day, with butter and salt, or with a slice of old cheese.</p></main><script>x</script>',
  );
  write('中文.md', '# 旅行\n\n东京的酒店在新宿站旁边。\n');
  write('report.pdf', smallPdf('The annual rainfall was 812 millimetres.'));
  write('binary.txt', new Uint8Array([1, 0, 2]));
  write('broken.pdf', '%PDF-1.4 nonsense');
  write('.hidden/secret.md', 'The secret is xylophone.');
  symlinkSync('/etc/hostname', join(root, 'notes', 'link.txt'));
});
afterEach(async () => {
  await knowledge.close();
  rmSync(root, { recursive: true });
});

test('Markdown, text, HTML, PDF and Chinese are found, with file and heading', async () => {
  await knowledge.add(join(root, 'notes'));
  await knowledge.refresh();
  expect(knowledge.status().folders[0]).toMatchObject({ files: 7, unread: 2 });
  expect((await find('when should I plant tomatoes'))[0]).toMatchObject({
    title: 'garden.md',
    heading: 'Garden › Tomatoes',
    extract: 'Plant them in May.',
  });
  expect((await find('cabin wifi password'))[0]?.extract).toContain('bluebird');
  expect((await find('how long to bake the rye loaf'))[0]?.title).toBe('page.html');
  expect((await find('annual rainfall'))[0]).toMatchObject({ title: 'report.pdf', heading: 'page 1' });
  expect((await find('东京的酒店在哪里'))[0]?.title).toBe('中文.md');
  expect(await find('xylophone')).toEqual([]);
  expect(await find('"; DROP TABLE files; --')).toEqual([]);
  expect(told.some(({ progress }) => progress?.total === 7)).toBe(true);
}, 20_000);

test('what changes is read again, what goes is forgotten, what stays is left alone', async () => {
  await knowledge.add(join(root, 'notes'));
  await knowledge.refresh();
  write('garden.md', '# Garden\n\nPlant the tulips in October.\n');
  utimesSync(join(root, 'notes', 'garden.md'), new Date(), new Date(Date.now() + 5000));
  rmSync(join(root, 'notes', 'wifi.txt'));
  await knowledge.refresh();
  expect(await find('tomatoes')).toEqual([]);
  expect((await find('tulips'))[0]?.title).toBe('garden.md');
  expect(await find('wifi')).toEqual([]);
  await knowledge.close();
  knowledge = open();
  told.length = 0;
  await knowledge.refresh();
  expect(told.every(({ progress }) => progress === undefined)).toBe(true);
  expect((await find('tulips'))[0]?.title).toBe('garden.md');
  knowledge.remove(join(root, 'notes'));
  await knowledge.refresh();
  expect(await find('tulips')).toEqual([]);
}, 20_000);

test('folders that make no sense are refused', async () => {
  await knowledge.add(join(root, 'notes'));
  for (const [path, reason] of [
    ['/', 'whole-disk'],
    ['notes', 'not-absolute'],
    [join(root, 'nowhere'), 'missing'],
    [join(root, 'notes', 'wifi.txt'), 'missing'],
    [join(root, 'notes'), 'already-there'],
    [join(root, 'notes', '.hidden'), 'already-there'],
  ])
    await expect(knowledge.add(path!), path).rejects.toMatchObject({
      code: 'knowledge-folder',
      details: { reason },
    });
  await knowledge.refresh();
});

test('a question about the own notes needs no intent', () => {
  expect(plainCommand('What do my notes say about the garden?')).toEqual({
    tool: 'search_knowledge',
    arguments: { query: 'the garden' },
  });
  expect(plainCommand('find the wifi password in my files')?.arguments).toEqual({
    query: 'the wifi password',
  });
  expect(plainCommand('我的笔记里关于花园怎么说？')?.arguments).toEqual({ query: '花园' });
  expect(plainCommand('cancel the search')?.tool).toBe('stop_tools');
  expect(plainCommand('find me a joke')).toBeUndefined();
  expect(plainCommand('read my notes')).toBeUndefined();
});
