import { cleanup, fireEvent, render, screen, within } from '@testing-library/svelte';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { UserError } from '../../../contract/user-errors.ts';
import App from '../../../renderer/app.svelte';
import RemoteSettings from '../../../renderer/components/remote-settings.svelte';
import type { Settings } from '../../../contract/settings.ts';
import { openSotto, settle, type OpenedSotto } from '../opened-sotto.ts';
import { livedInScript, type Script } from '../scripts.ts';
import { setupPage } from '../setup-page.ts';

beforeAll(setupPage);
afterEach(cleanup);

const gpuBox: Partial<Settings> = {
  remote: {
    url: 'http://gpu-box.lan:8000',
    model: 'step-audio-2-mini',
    thinks: false,
    allowPlainHttp: false,
    voiceModelId: '',
  },
};

async function open(settings: Partial<Settings> = {}, script?: Script): Promise<OpenedSotto> {
  const opened = await openSotto(settings, script);
  render(RemoteSettings, { sotto: opened.sotto });
  return opened;
}

test('nothing is sent before somebody has said yes to where it goes', async () => {
  const { sotto } = await open(gpuBox);
  await fireEvent.click(screen.getByRole('radio', { name: 'Another machine' }));
  expect(sotto.settings.current.engine.kind).toBe('local');
  expect(screen.getByRole('status').textContent).toContain('go to gpu-box.lan:8000');
  await fireEvent.click(screen.getByRole('button', { name: 'Let it answer…' }));
  const dialog = document.querySelector('dialog')!;
  expect(dialog.textContent).toContain('Not encrypted on the way');
  await fireEvent.click(within(dialog).getByText('Cancel'));
  expect(sotto.settings.current.engine.kind).toBe('local');
  await fireEvent.click(screen.getByRole('button', { name: 'Let it answer…' }));
  await fireEvent.click(within(document.querySelector('dialog')!).getByText('Yes, send it there'));
  await settle();
  expect(sotto.settings.current.engine.kind).toBe('remote');
  await fireEvent.click(screen.getByRole('radio', { name: 'This machine' }));
  await settle();
  expect(sotto.settings.current.engine.kind).toBe('local');
});

test('the voice for its speech tokens is one of those that are installed', async () => {
  const [starter, mini] = livedInScript(0).models;
  const voice = { ...mini!, id: 'mini-voice', name: 'Mini, voice only', voiceOnly: true };
  const models = [starter!, { ...mini!, failure: undefined }, voice];
  const { sotto } = await open({ ...gpuBox, engine: { kind: 'remote' } }, { ...livedInScript(0), models });
  await settle();
  const choice = screen.getByLabelText<HTMLSelectElement>('Voice for its speech tokens');
  const names = [...choice.options].map(({ text }) => text);
  expect(names).toEqual(['Automatic', mini!.name, 'Mini, voice only']);
  await fireEvent.change(choice, { target: { value: 'mini-voice' } });
  await settle();
  expect(sotto.settings.current.remote).toMatchObject({ ...gpuBox.remote, voiceModelId: 'mini-voice' });
});

test('the key is handed over once and shown never again', async () => {
  const { assistant } = await open({ ...gpuBox, engine: { kind: 'remote' } });
  await fireEvent.change(screen.getByLabelText('Key'), { target: { value: 'sk-secret' } });
  await settle();
  expect(assistant.called('setRemoteKey')).toEqual([{ length: 9 }]);
  expect(document.body.innerHTML).not.toContain('sk-secret');
  await fireEvent.click(screen.getByRole('button', { name: 'Forget it' }));
  await settle();
  expect(assistant.called('setRemoteKey')).toHaveLength(2);
  expect(screen.getByLabelText('Key')).toBeTruthy();
});

test('a test of the connection says what the other machine can do', async () => {
  const { assistant } = await open({ ...gpuBox, engine: { kind: 'remote' } });
  const usual = assistant.remote();
  assistant.remote = () => ({ ...usual, speaks: false });
  await fireEvent.click(screen.getByRole('button', { name: 'Test the connection' }));
  await settle();
  expect(screen.getByText('gpu-box.lan:8000 answers after 120 ms.')).toBeTruthy();
  expect(screen.getByText(/It gives no speech tokens/)).toBeTruthy();
});

test('a test that fails says why, and offers the models that are served', async () => {
  const { assistant, sotto } = await open({ ...gpuBox, engine: { kind: 'remote' } });
  assistant.remote = () => {
    throw new UserError('remote-model-missing', {
      host: 'gpu-box.lan:8000',
      model: 'x',
      served: 'mini, think',
    });
  };
  await fireEvent.click(screen.getByRole('button', { name: 'Test the connection' }));
  await settle();
  expect(screen.getByText(/does not serve a model called x/)).toBeTruthy();
  await fireEvent.click(screen.getByRole('button', { name: 'think' }));
  await settle();
  expect(sotto.settings.current.remote.model).toBe('think');
});

test('while another machine answers, every view says where the voice goes', async () => {
  const { sotto } = await openSotto({ ...gpuBox, engine: { kind: 'remote' } });
  render(App, { sotto });
  await settle();
  expect(screen.getByText(/Answers come from gpu-box\.lan:8000/)).toBeTruthy();
  expect(screen.queryByText('Everything stays on this machine')).toBeNull();
  expect(screen.getByText('What you say goes to gpu-box.lan:8000')).toBeTruthy();
  sotto.navigation.go('models');
  await settle();
  expect(screen.getByText(/Answers come from gpu-box\.lan:8000/)).toBeTruthy();
  await sotto.otherMachine.letAnswer('local');
  await settle();
  expect(screen.queryByText(/Answers come from/)).toBeNull();
  expect(screen.getByText('Everything stays on this machine')).toBeTruthy();
});
