import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, expect, test, vi } from 'vitest';
import SourceList from '../../../renderer/components/source-list.svelte';
import { sourcesOf } from '../../../renderer/components/sources-of.ts';
import { transportFrom } from '../../../renderer/state/tool-servers.svelte.ts';
import { en } from '../../../renderer/words/en.ts';

afterEach(cleanup);

test('pages can be opened, files are named, and addresses of other kinds are no sources', async () => {
  const open = vi.fn();
  const result = {
    results: [
      { title: 'Lake Ems', source: 'lakes.example', address: 'https://lakes.example/ems' },
      { title: 'garden.md', path: '/notes/garden.md', heading: 'Roses' },
      { title: 'Bad', source: 'x', address: 'javascript:alert(1)' },
    ],
  };
  render(SourceList, { words: en, result, open });
  await fireEvent.click(screen.getByRole('button', { name: 'Open lakes.example in the browser' }));
  expect(open).toHaveBeenCalledWith('https://lakes.example/ems');
  expect(screen.getByText('garden.md')).toBeTruthy();
  expect(screen.queryByText('Bad')).toBeNull();
  for (const nothing of [undefined, null, 'x', { results: 'x' }, { results: [1, null, {}] }])
    expect(sourcesOf(nothing)).toEqual([]);
});

test('a command line becomes its words, an address an address', () => {
  expect(transportFrom('npx -y "my server" --flag', 'KEY=a=b\nnonsense\n')).toEqual({
    kind: 'stdio',
    command: 'npx',
    arguments: ['-y', 'my server', '--flag'],
    environment: { KEY: 'a=b' },
  });
  expect(transportFrom(' https://tools.example/mcp', 'Authorization: Bearer x')).toEqual({
    kind: 'http',
    url: 'https://tools.example/mcp',
    headers: { Authorization: 'Bearer x' },
  });
});
