import { cleanup, fireEvent, render, screen, within } from '@testing-library/svelte';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import App from '../../../renderer/app.svelte';
import BringYourOwn from '../../../renderer/components/bring-your-own.svelte';
import ClipImport from '../../../renderer/components/clip-import.svelte';
import KnowledgeSettings from '../../../renderer/components/knowledge-settings.svelte';
import ModelSourceSettings from '../../../renderer/components/model-source-settings.svelte';
import { FolderChoice } from '../../../renderer/state/folder-choice.svelte.ts';
import { officialLibrary } from '../model-scripts.ts';
import { openSotto, settle, type OpenedSotto } from '../opened-sotto.ts';
import { setupPage } from '../setup-page.ts';

let opened: OpenedSotto;

beforeAll(setupPage);
beforeEach(async () => {
  opened = await openSotto();
});
afterEach(cleanup);

async function openDialog(startPath: string): Promise<Promise<string | undefined>[]> {
  render(App, { sotto: opened.sotto });
  const chosen = opened.sotto.folderChoice.choose(startPath);
  await settle();
  return [chosen];
}

const dialog = () => within(screen.getByRole('dialog', { name: 'Choose a folder' }));
const focused = () => document.activeElement?.textContent?.trim();
async function press(key: string): Promise<void> {
  const target = document.activeElement!;
  await fireEvent.keyDown(target, { key });
  if (key === 'Enter') await fireEvent.click(target);
  await settle();
}

test('the page’s dialog is walked with the keyboard and answers with the folder it shows', async () => {
  const [chosen] = await openDialog('');
  expect(focused()).toBe('Desktop');
  await press('ArrowDown');
  expect(focused()).toBe('Documents');
  await press('End');
  expect(focused()).toBe('录音');
  await press('m');
  expect(focused()).toBe('Models');
  await press('m');
  expect(focused()).toBe('Music');
  await press('m');
  await press('Enter');
  expect(dialog().getByRole('list', { name: 'Folders in Models' })).toBeTruthy();
  expect(dialog().getByRole('status').textContent).toBe('Models: 2 folders');
  await press('ArrowRight');
  expect(dialog().getByText('/home/ada/Models/Step-Audio-2-mini')).toBeTruthy();
  await press('Backspace');
  expect(focused()).toBe('Step-Audio-2-mini');
  await fireEvent.click(dialog().getByRole('button', { name: 'Choose this folder' }));
  expect(await chosen).toBe('/home/ada/Models');
  expect(screen.queryByRole('dialog')).toBeNull();
});

test('it begins where the typed path leads, and goes to other places and up', async () => {
  const [chosen] = await openDialog('/home/ada/Models');
  expect(dialog().getByText('/home/ada/Models')).toBeTruthy();
  await fireEvent.click(dialog().getByRole('button', { name: 'Up to ada' }));
  await settle();
  expect(focused()).toBe('Models');
  await fireEvent.click(dialog().getByRole('button', { name: 'Backup' }));
  await settle();
  expect(dialog().getByRole('button', { name: 'Backup' }).getAttribute('aria-current')).toBe('true');
  expect(dialog().getByRole('button', { name: 'Up' }).hasAttribute('disabled')).toBe(true);
  await fireEvent(screen.getByRole('dialog'), new Event('cancel', { cancelable: true }));
  expect(await chosen).toBeUndefined();
});

test('hidden folders appear when they are wanted', async () => {
  await openDialog('');
  expect(dialog().queryByText('.cache')).toBeNull();
  await fireEvent.click(dialog().getByRole('checkbox', { name: 'Show hidden folders' }));
  await settle();
  expect(dialog().getByText('.cache')).toBeTruthy();
});

test('an empty folder says so and can be chosen', async () => {
  const [chosen] = await openDialog('/home/ada/Models/Step-Audio-2-mini/token2wav');
  expect(dialog().getByText('There are no folders in here.')).toBeTruthy();
  expect(focused()).toBe('Choose this folder');
  await fireEvent.click(document.activeElement!);
  expect(await chosen).toBe('/home/ada/Models/Step-Audio-2-mini/token2wav');
});

test('a second request takes the place of the first', async () => {
  const [first] = await openDialog('');
  void opened.sotto.folderChoice.choose('/home/ada/Models');
  expect(await first).toBeUndefined();
  await settle();
  expect(screen.getAllByRole('dialog')).toHaveLength(1);
});

test.each([
  [BringYourOwn, '/home/me/Step-Audio-2-mini'],
  [ClipImport, '/home/me/voices'],
  [KnowledgeSettings, '~/Documents/Notes'],
])('%# a folder can be chosen beside the field for its path', async (component, placeholder) => {
  opened.assistant.library = officialLibrary;
  render(component, { sotto: opened.sotto });
  const field = screen.getByPlaceholderText<HTMLInputElement>(placeholder);
  await fireEvent.input(field, { target: { value: '/home/ada' } });
  await fireEvent.click(screen.getByRole('button', { name: 'Choose folder…' }));
  expect(opened.sotto.folderChoice.asked?.startPath).toBe('/home/ada');
  opened.sotto.folderChoice.asked?.answer('/home/ada/Models/Step-Audio-2-mini');
  await settle();
  expect(field.value).toBe('/home/ada/Models/Step-Audio-2-mini');
});

test('the folder for models is changed by choosing one', async () => {
  opened.assistant.library = officialLibrary;
  await opened.sotto.library.read();
  render(ModelSourceSettings, { sotto: opened.sotto });
  await fireEvent.click(screen.getByRole('button', { name: 'Choose folder…' }));
  opened.sotto.folderChoice.asked?.answer('/media/ada/Backup');
  await settle();
  expect(opened.sotto.settings.current.models.folder).toBe('/media/ada/Backup');
});

test('where the shell has a dialog of its own, the page shows none', async () => {
  const assistant = () => opened.sotto.connection.assistant;
  const failures: unknown[] = [];
  const shown: string[] = [];
  const dialogs = [async (path: string) => `${path}/chosen`, () => Promise.reject(new Error('no display'))];
  for (const systemDialog of dialogs) {
    const choice = new FolderChoice(assistant, systemDialog, (error) => failures.push(error));
    shown.push(String(await choice.choose('/home')));
    expect(choice.asked).toBeUndefined();
  }
  expect(shown).toEqual(['/home/chosen', 'undefined']);
  expect(failures).toHaveLength(1);
});
