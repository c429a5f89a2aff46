import { cleanup, fireEvent, render, screen, within } from '@testing-library/svelte';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { UserError } from '../../../contract/user-errors.ts';
import ModelsView from '../../../renderer/views/models-view.svelte';
import { busyLibrary, flowing, offer, officialLibrary, precisions } from '../model-scripts.ts';
import { openSotto, settle, type OpenedSotto } from '../opened-sotto.ts';
import { setupPage } from '../setup-page.ts';

const MINI = 'Step-Audio 2 mini';
let opened: OpenedSotto;

beforeAll(setupPage);
beforeEach(async () => {
  opened = await openSotto();
});
afterEach(cleanup);

async function show(library = officialLibrary): Promise<void> {
  opened.assistant.library = library;
  render(ModelsView, { sotto: opened.sotto });
  await settle();
}

function card(name: string): ReturnType<typeof within> {
  return within(screen.getByRole('article', { name }));
}

test('an offer tells its size, its licence, what it wants and whose word its sums are', async () => {
  await show();
  expect(card(MINI).getByText('From its makers · 18 GB · Apache-2.0 · Chinese, English')).toBeTruthy();
  expect(card(MINI).getByText(/About 9.6 GB of memory/)).toBeTruthy();
  expect(card(MINI).getByText(/weights’ known to Sotto/)).toBeTruthy();
  expect(card(`${MINI} Think`).getByText('SHA-256 told by the server')).toBeTruthy();
});

test('a download is begun, shows bytes, speed and the time left, and is paused', async () => {
  await show();
  await fireEvent.click(screen.getByRole('button', { name: `Download ${MINI}` }));
  await settle();
  expect(opened.assistant.called('startDownload')).toEqual([{ offerId: 'step-audio-2-mini' }]);
  opened.assistant.emit({ type: 'download', offerId: 'step-audio-2-mini', download: flowing });
  await settle();
  expect(
    card(MINI).getByText('8.4 GB of 18 GB · 23 MB/s · from huggingface.co · 7 minutes left'),
  ).toBeTruthy();
  expect(card(MINI).getByRole('progressbar', { name: `Download of ${MINI}` })).toBeTruthy();
  await fireEvent.click(card(MINI).getByRole('button', { name: 'Pause' }));
  await settle();
  expect(opened.assistant.called('pauseDownload')).toEqual([{ offerId: 'step-audio-2-mini' }]);
});

test('a voice alone says what it is for, is converted without questions, and is never used by itself', async () => {
  opened.assistant.choices = { ...precisions, voiceOnly: true };
  const name = 'Step-Audio 2 mini, voice only';
  const complete = { ...flowing, state: 'complete' } as const;
  const voice = offer('step-audio-2-mini-voice', name, { voiceOnly: true, download: complete });
  await show({ ...officialLibrary, offers: [voice] });
  expect(card(name).getByText(/cannot answer by itself/)).toBeTruthy();
  expect(card(name).queryByRole('checkbox')).toBeNull();
  await fireEvent.click(card(name).getByRole('button', { name: 'Convert' }));
  await settle();
  expect(opened.assistant.called('startConversion')).toEqual([
    { offerId: 'step-audio-2-mini-voice', precision: 'auto', voiceOnly: true },
  ]);
  opened.assistant.library = { ...officialLibrary, offers: [{ ...voice, modelIds: ['mini-voice'] }] };
  opened.assistant.emit({ type: 'library-changed' });
  await settle();
  expect(card(name).getByText('Ready for the answers of another machine')).toBeTruthy();
  expect(card(name).queryByRole('button', { name: /^Use/ })).toBeNull();
});

test('of a whole checkpoint, its voice alone can be taken', async () => {
  const complete = { ...flowing, state: 'complete' } as const;
  await show({ ...officialLibrary, offers: [offer('a', 'A', { download: complete })] });
  await fireEvent.click(card('A').getByRole('checkbox', { name: /Only its voice/ }));
  expect(card('A').queryByRole('radio')).toBeNull();
  await fireEvent.click(card('A').getByRole('button', { name: 'Convert' }));
  await settle();
  expect(opened.assistant.called('startConversion')).toEqual([
    { offerId: 'a', precision: 'auto', voiceOnly: true },
  ]);
});

test('a paused download goes on; cancelling asks first, because it would have to be fetched again', async () => {
  await show({
    ...officialLibrary,
    offers: [offer('a', 'A', { download: { ...flowing, state: 'paused' } })],
  });
  await fireEvent.click(card('A').getByRole('button', { name: 'Go on' }));
  await fireEvent.click(card('A').getByRole('button', { name: 'Cancel' }));
  await settle();
  expect(opened.assistant.called('startDownload')).toEqual([{ offerId: 'a' }]);
  expect(opened.assistant.called('discardDownload')).toEqual([]);
  expect(screen.getByText('8.4 GB are deleted and would have to be fetched again.')).toBeTruthy();
  await fireEvent.click(screen.getByText('Delete the files'));
  await settle();
  expect(opened.assistant.called('discardDownload')).toEqual([{ offerId: 'a' }]);
});

test('a failed download says what happened and what to do, and can be tried again', async () => {
  await show(busyLibrary);
  expect(card('tuned').getByText('huggingface.co does not give these files to everybody.')).toBeTruthy();
  expect(card('tuned').getByText(/enter your access token/)).toBeTruthy();
  await fireEvent.click(card('tuned').getByRole('button', { name: 'Try again' }));
  await settle();
  expect(opened.assistant.called('startDownload')).toEqual([{ offerId: 'own-ada-tuned' }]);
});

test('after the download comes the conversion, with a choice that explains itself', async () => {
  await show(busyLibrary);
  const think = card(`${MINI} Think`);
  expect(think.getByText(/reads the whole model for every word/)).toBeTruthy();
  await fireEvent.click(think.getByRole('radio', { name: /16 bits/ }));
  await fireEvent.click(think.getByRole('button', { name: 'Convert' }));
  await settle();
  expect(opened.assistant.called('startConversion')).toEqual([
    { offerId: 'step-audio-2-mini-think', precision: 'float16' },
  ]);
});

test('a conversion shows its stage and the time left, and is paused', async () => {
  await show(busyLibrary);
  const base = card(`${MINI} Base`);
  expect(base.getByText('9.1 GB of 25 GB · Converting the weights · 5 minutes left')).toBeTruthy();
  await fireEvent.click(base.getByRole('button', { name: 'Pause' }));
  await settle();
  expect(opened.assistant.called('pauseConversion')).toHaveLength(1);
});

test('a converted model is used from its offer', async () => {
  const complete = { ...flowing, state: 'complete' as const };
  const made = offer('a', 'A', { download: complete, modelIds: ['step-audio-2-mini'] });
  await show({ ...officialLibrary, offers: [made] });
  await fireEvent.click(screen.getByRole('button', { name: 'Use A' }));
  await settle();
  expect(opened.assistant.called('loadModel')).toEqual([{ modelId: 'step-audio-2-mini' }]);
});

test('a repository is added by its name, a folder is converted by its path', async () => {
  await show();
  await fireEvent.input(screen.getByLabelText('Repository or address'), { target: { value: 'ada/tuned' } });
  await fireEvent.click(screen.getByRole('button', { name: 'Add' }));
  await settle();
  expect(opened.assistant.called('addOffer')).toEqual([{ address: 'ada/tuned' }]);

  const folder = screen.getByLabelText('Folder with a checkpoint');
  await fireEvent.input(folder, { target: { value: 'Downloads' } });
  await fireEvent.click(screen.getByRole('button', { name: 'Convert…' }));
  expect(screen.getByText('This is not a whole path.')).toBeTruthy();
  await fireEvent.input(folder, { target: { value: '/data/mini' } });
  await fireEvent.click(screen.getByRole('button', { name: 'Convert…' }));
  await settle();
  await fireEvent.click(screen.getByRole('button', { name: 'Convert' }));
  await settle();
  expect(opened.assistant.called('startConversion')).toEqual([{ folder: '/data/mini', precision: 'auto' }]);
});

test('models of the person’s are removed after a question; the one that came with Sotto has no such button', async () => {
  await show();
  expect(screen.queryByRole('button', { name: 'Remove Starter' })).toBeNull();
  await fireEvent.click(screen.getByRole('button', { name: `Remove ${MINI}` }));
  await fireEvent.click(screen.getByText('Remove', { selector: 'dialog button' }));
  await settle();
  expect(opened.assistant.called('removeModel')).toEqual([{ modelId: 'step-audio-2-mini' }]);
});

test('an impossible address is said at its field and not sent; a folder that cannot be written says so', async () => {
  const failure = { code: 'file-not-writable', details: { path: '/media/stick' } } as const;
  await show({ ...officialLibrary, folder: { path: '/media/stick', failure } });
  expect(screen.getByText('/media/stick cannot be written.')).toBeTruthy();
  await fireEvent.change(screen.getByRole('textbox', { name: 'Proxy' }), { target: { value: 'proxy 8080' } });
  expect(screen.getByText(/begins with http/)).toBeTruthy();
  expect(opened.assistant.called('updateSettings')).toEqual([]);
  await fireEvent.change(screen.getByRole('textbox', { name: 'Proxy' }), {
    target: { value: 'http://proxy:8080' },
  });
  await settle();
  expect(opened.assistant.called('updateSettings')).toEqual([{ network: { proxy: 'http://proxy:8080' } }]);
});

test('a folder that is no checkpoint says so instead of waiting for ever', async () => {
  opened.assistant.choosePrecision = async () => {
    throw new UserError('model-missing', { file: '/data/nothing/config.json' });
  };
  await show();
  await fireEvent.input(screen.getByLabelText('Folder with a checkpoint'), {
    target: { value: '/data/nothing' },
  });
  await fireEvent.click(screen.getByRole('button', { name: 'Convert…' }));
  await settle();
  expect(screen.getByText('This cannot be converted.')).toBeTruthy();
  expect(opened.sotto.notices.list.map(({ failure }) => failure.code)).toEqual(['model-missing']);
});
