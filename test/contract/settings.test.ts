import { expect, test } from 'vitest';
import { settings, settingsPatch } from '../../contract/settings.ts';

test('a change holds only what was given: no default undoes what was chosen before', () => {
  expect(settingsPatch.parse({ volume: 0.3 })).toEqual({ volume: 0.3 });
  expect(settingsPatch.parse({ models: { mirror: 'modelscope' } })).toEqual({
    models: { folder: '', mirror: 'modelscope', ownUrl: '', token: '', own: [] },
  });
  expect(settingsPatch.parse({ nothingOfTheKind: 1 })).toEqual({});
});

test('what cannot be is refused with its name', () => {
  for (const [patch, path] of [
    [{ volume: 3 }, 'volume'],
    [{ network: { proxy: 'proxy 8080' } }, 'network.proxy'],
    [{ models: { ownUrl: 'ftp://here' } }, 'models.ownUrl'],
    [{ models: { mirror: 'elsewhere' } }, 'models.mirror'],
    [{ models: { token: 'two words' } }, 'models.token'],
  ] as const) {
    expect(settingsPatch.safeParse(patch).error?.issues[0]?.path.join('.')).toBe(path);
  }
  expect(settingsPatch.safeParse('volume').success).toBe(false);
});

test('an empty object is a complete set', () => {
  expect(settings.parse({}).network).toEqual({ proxy: '' });
});
