import { cleanup, fireEvent, render, screen, within } from '@testing-library/svelte';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import ModelsView from '../../../renderer/views/models-view.svelte';
import VoicesView from '../../../renderer/views/voices-view.svelte';
import { openSotto, settle, type OpenedSotto } from '../opened-sotto.ts';
import { setupPage } from '../setup-page.ts';

let opened: OpenedSotto;

beforeAll(setupPage);
beforeEach(async () => {
  opened = await openSotto();
});
afterEach(cleanup);

test('a voice is heard before it is chosen, and the choice shows at once', async () => {
  render(VoicesView, { sotto: opened.sotto });
  await settle();
  await fireEvent.click(screen.getByRole('button', { name: 'Listen to Robert' }));
  await settle();
  expect(opened.assistant.called('previewVoice')).toEqual([{ voiceId: 'flite-rms' }]);
  expect(screen.getByRole('button', { name: 'Stop Robert' })).toBeTruthy();
  await fireEvent.click(screen.getByRole('button', { name: 'Choose Robert' }));
  await settle();
  expect(screen.queryByRole('button', { name: 'Choose Robert' })).toBeNull();
  expect(screen.getByRole('button', { name: 'Choose Clara' })).toBeTruthy();
});

test('voices are searched by words, and the reason is shown', async () => {
  render(VoicesView, { sotto: opened.sotto });
  await settle();
  await fireEvent.input(screen.getByRole('searchbox'), { target: { value: 'deep male' } });
  await settle(260);
  expect(screen.getAllByRole('heading', { level: 2 }).map((heading) => heading.textContent)).toEqual([
    'Robert',
    'Recordings',
    'How it speaks',
  ]);
  expect(screen.getByText(/matched: deep, male/)).toBeTruthy();
});

test('recordings say what they matched and how alike they sound', async () => {
  render(VoicesView, { sotto: opened.sotto });
  await settle();
  await fireEvent.input(screen.getByRole('searchbox'), { target: { value: 'rough' } });
  await settle(260);
  expect(screen.getByRole('heading', { name: 'Silas' })).toBeTruthy();
  expect(screen.getByText(/matched: rough/)).toBeTruthy();
  await fireEvent.click(screen.getByRole('button', { name: 'Find voices that sound like Silas' }));
  await settle();
  expect(screen.getByText('Sounding like Silas', { exact: false })).toBeTruthy();
});

test('nothing is imported before the person says that it may be used, and it can be taken back', async () => {
  render(VoicesView, { sotto: opened.sotto });
  await settle();
  await fireEvent.click(screen.getByRole('button', { name: 'Import' }));
  await fireEvent.input(screen.getByLabelText(/File, folder, list/), {
    target: { value: '/voices/harbour' },
  });
  const start = screen.getAllByRole('button', { name: 'Import' }).at(-1) as HTMLButtonElement;
  expect(start.disabled).toBe(true);
  await fireEvent.click(screen.getByLabelText(/I may use this voice/));
  await fireEvent.click(start);
  await settle();
  expect(opened.assistant.called('importClips')).toMatchObject([{ path: '/voices/harbour', consent: true }]);
  await fireEvent.click(screen.getByRole('button', { name: 'Take back' }));
  await settle();
  expect(opened.assistant.called('undoImport')).toEqual([{ batchId: 'batch-1' }]);
});

test('a deleted recording can be brought back', async () => {
  render(VoicesView, { sotto: opened.sotto });
  await settle();
  await fireEvent.click(screen.getByRole('button', { name: 'Delete Mei' }));
  await settle();
  expect(screen.queryByRole('heading', { name: 'Mei' })).toBeNull();
  await fireEvent.click(screen.getByRole('button', { name: 'Undo' }));
  await settle();
  expect(screen.getByRole('heading', { name: 'Mei' })).toBeTruthy();
});

test('all that is said of a recording can be changed, and put back', async () => {
  render(VoicesView, { sotto: opened.sotto });
  await settle();
  await fireEvent.click(screen.getByRole('button', { name: 'Describe Silas' }));
  const fill = (name: string, value: string) =>
    fireEvent.input(within(screen.getByRole('dialog')).getByLabelText(name), { target: { value } });
  const dialog = screen.getByRole('dialog', { name: 'Describe Silas' });
  expect(within(dialog).getByLabelText<HTMLInputElement>('Age').value).toBe('72');
  await fill('Name', 'Old Silas');
  await fill('Feeling', ' calm ');
  await fill('Tags', 'sea, harbour，sea; ');
  await fill('Licence', 'CC-BY');
  await fireEvent.change(within(dialog).getByLabelText('Gender'), { target: { value: 'neutral' } });
  await fireEvent.click(within(dialog).getByRole('button', { name: 'Save' }));
  await settle();
  const change = {
    name: 'Old Silas',
    gender: 'neutral',
    emotion: 'calm',
    tags: ['sea', 'harbour'],
    licence: 'CC-BY',
  };
  expect(opened.assistant.called('changeClip')).toEqual([{ clipId: 'clip-silas', change }]);
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(screen.getByRole('heading', { name: 'Old Silas' })).toBeTruthy();
  expect(screen.getByText(/neutral · 72 · slow, rough · calm · en · sea · harbour/)).toBeTruthy();
  await fireEvent.click(screen.getByRole('button', { name: 'Undo' }));
  await settle();
  expect(opened.assistant.called('changeClip').at(-1)).toEqual({
    clipId: 'clip-silas',
    change: { name: 'Silas', gender: 'male', emotion: '', tags: [], licence: 'CC0' },
  });
  expect(screen.getByRole('heading', { name: 'Silas' })).toBeTruthy();
});

test('a description that cannot be taken says why beside its field, and nothing is sent', async () => {
  render(VoicesView, { sotto: opened.sotto });
  await settle();
  await fireEvent.click(screen.getByRole('button', { name: 'Describe Mei' }));
  const dialog = within(screen.getByRole('dialog'));
  await fireEvent.input(dialog.getByLabelText('Name'), { target: { value: '  ' } });
  await fireEvent.input(dialog.getByLabelText('Tags'), { target: { value: 'x'.repeat(41) } });
  await fireEvent.click(dialog.getByRole('button', { name: 'Save' }));
  await settle();
  const name = dialog.getByLabelText('Name');
  expect(document.activeElement).toBe(name);
  expect(name.getAttribute('aria-invalid')).toBe('true');
  expect(document.getElementById(name.getAttribute('aria-describedby')!)?.textContent).toMatch(
    /name is missing/,
  );
  expect(dialog.getByText(/more than 20 tags/)).toBeTruthy();
  expect(opened.assistant.called('changeClip')).toEqual([]);
  await fireEvent.click(dialog.getByRole('button', { name: 'Cancel' }));
  expect(screen.queryByRole('dialog')).toBeNull();
});

test('a favourite goes to the top', async () => {
  render(VoicesView, { sotto: opened.sotto });
  await settle();
  await fireEvent.click(screen.getByRole('button', { name: 'Keep Kal at the top' }));
  await settle();
  expect(opened.assistant.called('setFavouriteVoice')).toEqual([{ voiceId: 'flite-kal16', favourite: true }]);
  expect(screen.getAllByRole('heading', { level: 2 })[1]?.textContent).toBe('Kal');
});

test('a model tells its size, licence and processor, and why others were refused', async () => {
  render(ModelsView, { sotto: opened.sotto });
  await settle();
  expect(screen.getByText('23 MB')).toBeTruthy();
  expect(screen.getAllByText('Apache-2.0', { selector: 'article[data-state] > dl dd' })).toHaveLength(2);
  expect(screen.getByText('Main processor (CPU), 3 threads')).toBeTruthy();
  expect(screen.getByText('libcudart.so.12 was not found')).toBeTruthy();
});

test('loading a model shows its progress', async () => {
  render(ModelsView, { sotto: opened.sotto });
  await settle();
  opened.assistant.emit({ type: 'model-progress', modelId: 'starter', stage: 'encoder', done: 1, total: 3 });
  await settle();
  expect(screen.getByText('Loading: encoder')).toBeTruthy();
  await fireEvent.click(screen.getByRole('button', { name: 'Use Step-Audio 2 mini' }));
  await settle();
  expect(opened.assistant.called('loadModel')).toEqual([{ modelId: 'step-audio-2-mini' }]);
});
