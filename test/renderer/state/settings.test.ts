import { expect, test, vi } from 'vitest';
import { UserError } from '../../../contract/user-errors.ts';
import { openSotto, settle } from '../opened-sotto.ts';

test('a change shows at once and is saved', async () => {
  const { sotto, assistant } = await openSotto();
  const saving = sotto.settings.change({ theme: 'dark' });
  expect(sotto.settings.current.theme).toBe('dark');
  await saving;
  expect(assistant.state.settings.theme).toBe('dark');
});

test('a refused change is taken back and told', async () => {
  const { sotto, assistant } = await openSotto();
  vi.spyOn(assistant, 'updateSettings').mockRejectedValue(new UserError('disk-full'));
  await sotto.settings.change({ theme: 'dark' });
  expect(sotto.settings.current.theme).toBe('system');
  expect(sotto.notices.list.map((notice) => notice.failure.code)).toEqual(['disk-full']);
});

test('switching a tool off adds it to the disabled ones, and on again removes it', async () => {
  const { sotto } = await openSotto();
  await sotto.settings.readTools();
  await sotto.settings.setToolEnabled('timer', false);
  expect(sotto.settings.current.disabledTools).toEqual(['timer']);
  expect(sotto.settings.tools.find((tool) => tool.name === 'timer')?.enabled).toBe(false);
  await sotto.settings.setToolEnabled('timer', true);
  expect(sotto.settings.current.disabledTools).toEqual([]);
});

test('a language chosen elsewhere changes the words here', async () => {
  const { sotto, assistant } = await openSotto();
  expect(sotto.words.navigation.talk).toBe('Talk');
  assistant.setState({ settings: { ...assistant.state.settings, language: 'zh-CN' } });
  await settle();
  expect(sotto.words.navigation.talk).toBe('对话');
});

test('notices of the start are shown once', async () => {
  const { sotto, assistant } = await openSotto();
  const notices = [{ code: 'settings-damaged' as const, details: { path: 'settings.damaged.json' } }];
  assistant.setState({ notices });
  await settle();
  sotto.notices.dismiss(sotto.notices.list[0]?.id ?? -1);
  assistant.setState({ notices });
  await settle();
  expect(sotto.notices.list).toEqual([]);
});
