import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { SettingsStore } from '../../../assistant/settings/settings-store.ts';
import { temporaryFolder } from '../running-assistant.ts';

const now = () => Date.UTC(2026, 10, 21, 5, 14, 50, 123);
const inFolder = () => join(temporaryFolder(), 'settings.json');

test('without a file there are complete settings and no file is written', () => {
  const path = inFolder();
  const store = new SettingsStore(path, now);
  expect(store.get().voiceId).toBe('flite-slt');
  expect(store.notices).toEqual([]);
  expect(existsSync(path)).toBe(false);
});

test('a change is written at once, told, and found again', () => {
  const path = inFolder();
  const store = new SettingsStore(path, now);
  const told: number[] = [];
  store.subscribe((after, before) => told.push(before.volume, after.volume));
  store.update({ volume: 0.3 });
  expect(told).toEqual([0.8, 0.3]);
  expect(new SettingsStore(path, now).get().volume).toBe(0.3);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readdirSync(join(path, '..'))).toEqual(['settings.json']);
});

test('a value out of range changes nothing', () => {
  const store = new SettingsStore(inFolder(), now);
  expect(() => store.update({ speakingRate: 9 })).toThrow('bad-request');
  expect(store.get().speakingRate).toBe(1);
});

test('a file that is not JSON is kept aside with a notice, and the defaults work', () => {
  const path = inFolder();
  writeFileSync(path, '{"volume": 0.');
  const store = new SettingsStore(path, now);
  const aside = path.replace('settings.json', 'settings.damaged-2026-11-21T05-14-50-123Z.json');
  expect(store.notices).toEqual([
    {
      code: 'settings-damaged',
      details: { keptAs: 'settings.damaged-2026-11-21T05-14-50-123Z.json', path: aside },
    },
  ]);
  expect(readFileSync(aside, 'utf8')).toBe('{"volume": 0.');
  expect(store.get().volume).toBe(0.8);
});

test('of a file with one bad value the good ones are kept', () => {
  const path = inFolder();
  writeFileSync(path, JSON.stringify({ volume: 0.2, theme: 'pink' }));
  const store = new SettingsStore(path, now);
  expect(store.get()).toMatchObject({ volume: 0.2, theme: 'system' });
  expect(store.notices[0]?.code).toBe('settings-damaged');
});

test('what another program wrote in the meantime is not undone', () => {
  const path = inFolder();
  const app = new SettingsStore(path, now);
  new SettingsStore(path, now).update({ theme: 'dark' });
  app.update({ volume: 0.1 });
  expect(app.get()).toMatchObject({ theme: 'dark', volume: 0.1 });
});

test.skipIf(process.getuid?.() === 0)('a folder that may not be written is a clear failure', () => {
  const path = inFolder();
  chmodSync(join(path, '..'), 0o500);
  expect(() => new SettingsStore(path, now).update({ volume: 0.1 })).toThrow('file-not-writable');
});

test('a file where the folder should be is a clear failure', () => {
  const file = inFolder();
  writeFileSync(file, '{}');
  expect(() => new SettingsStore(join(file, 'settings.json'), now).update({ volume: 0.1 })).toThrow(
    'file-not-writable',
  );
});
