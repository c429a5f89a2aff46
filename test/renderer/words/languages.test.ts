import { expect, test } from 'vitest';
import { userErrorCodes } from '../../../contract/user-errors.ts';
import { chooseWords } from '../../../renderer/words/choose-words.ts';
import { en } from '../../../renderer/words/en.ts';
import { tagLabel, toolName } from '../../../renderer/words/lookup.ts';
import { zhCn } from '../../../renderer/words/zh-cn.ts';

const languages = { en, 'zh-CN': zhCn };

/** Every leaf of a tree of words, with its path; functions are called with sample values. */
function leaves(value: unknown, path: string): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function') {
    const sample = path.startsWith('.errors') ? [{}] : ['7', '7'];
    return [[path, String(value(...sample))]];
  }
  return Object.entries(value as object).flatMap(([key, child]) => leaves(child, `${path}.${key}`));
}

test('both languages have the same places to fill', () => {
  const places = (words: object): string[] =>
    leaves(words, '')
      .map(([path]) => path)
      .sort();
  expect(places(zhCn)).toEqual(places(en));
});

test.each(Object.entries(languages))('%s leaves no place empty or undefined', (_language, words) => {
  for (const [path, text] of leaves(words, '')) {
    expect(text.trim(), path).not.toBe('');
    expect(text, path).not.toMatch(/undefined|null|NaN|\[object/);
  }
});

test('Chinese is not English left over, apart from names', () => {
  const same = leaves(zhCn, '')
    .filter(([path, text]) => leaves(en, '').some(([other, english]) => other === path && english === text))
    .map(([path]) => path);
  const names = [
    '.appName',
    '.talk.examples.0',
    '.talk.examples.1',
    '.talk.examples.2',
    '.turn.sotto',
    '.settings.languages.en',
    '.settings.languages.zh-CN',
    '.settings.searchProviders.brave',
    '.settings.searchAddressPlaceholder',
    '.remote.addressPlaceholder',
    '.remote.modelPlaceholder',
    '.library.mirrors.hugging-face',
  ];
  expect(same.filter((path) => !names.includes(path))).toEqual([]);
});

test.each(Object.entries(languages))(
  '%s says for every error what happened and what to do',
  (_language, words) => {
    for (const code of userErrorCodes) {
      const error = words.errors[code];
      expect(error.happened({}), code).toMatch(/[.。]$/);
      expect(error.todo({}), code).toMatch(/[.。]$/);
    }
  },
);

test('the system language is followed as far as Sotto speaks it', () => {
  expect(chooseWords('system', ['zh-TW', 'en'])).toBe(zhCn);
  expect(chooseWords('system', ['fr-FR', 'zh-CN'])).toBe(zhCn);
  expect(chooseWords('system', ['de-DE'])).toBe(en);
  expect(chooseWords('en', ['zh-CN'])).toBe(en);
});

test('a tool without a translated name keeps its own, made readable', () => {
  expect(toolName(en, 'convert_units')).toBe('Unit converter');
  expect(toolName(en, 'play_harmonica')).toBe('Play harmonica');
});

test('a tag stands alone or says what it is about', () => {
  expect(tagLabel(en, { name: 'speed', value: 'fast' })).toBe('fast');
  expect(tagLabel(en, { name: 'pitch', value: 'low' })).toBe('low pitch');
  expect(tagLabel(en, { name: 'emotion', value: 'unsure' })).toBe('feeling: unsure');
  expect(tagLabel(en, { name: 'style', value: 'singing' })).toBe('singing');
});
