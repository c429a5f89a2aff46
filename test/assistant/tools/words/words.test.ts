import { expect, test } from 'vitest';
import { glossarySize, findDefinition } from '../../../../assistant/tools/words/glossary.ts';
import { phraseTables } from '../../../../assistant/tools/words/phrase-languages.ts';
import { findTranslation, languageNames } from '../../../../assistant/tools/words/phrases.ts';
import { ToolRegistry } from '../../../../assistant/tools/tool-registry.ts';
import { neverAborted, testContext } from '../tool-context.ts';

const registry = new ToolRegistry();
const call = (name: string, given: unknown = {}, random = () => 0) =>
  registry.call(name, given, testContext({ random }), neverAborted);

test('a word is spelled letter by letter', async () => {
  expect(await call('spell_word', { word: "don't" })).toEqual({
    word: "don't",
    letters: ['D', 'O', 'N', 'apostrophe', 'T'],
  });
});

test('the glossary explains its words and owns up to the others', async () => {
  expect(glossarySize).toBeGreaterThan(150);
  expect(findDefinition('the elephants')).toContain('trunk');
  expect(findDefinition('Libraries')).toContain('books');
  expect(await call('define_word', { word: 'flibbertigibbet' })).toEqual({ word: 'flibbertigibbet' });
});

test('set phrases are translated, however they are put', () => {
  expect(findTranslation('thank you', 'spanish')).toEqual({ text: 'gracias', say: 'grah see ahs' });
  expect(findTranslation('how much does this cost', 'french')?.text).toBe("c'est combien ?");
  expect(findTranslation('i am lost', 'german')?.text).toBe('ich habe mich verlaufen');
  expect(findTranslation('Hello!', 'japanese')?.text).toBe('こんにちは');
  expect(findTranslation('the house', 'italian')?.text).toBe('casa');
  expect(findTranslation('the mortgage is due', 'spanish')).toBeUndefined();
});

test('an unknown language and an unknown phrase are told apart', async () => {
  expect(await call('translate_phrase', { phrase: 'hello', language: 'klingon' })).toMatchObject({
    known: false,
    languageKnown: false,
  });
  expect(await call('translate_phrase', { phrase: 'my hovercraft', language: 'French' })).toMatchObject({
    known: false,
    languageKnown: true,
  });
});

test('every phrase can be read aloud by an English voice', () => {
  expect(languageNames.length).toBeGreaterThan(25);
  for (const [language, lines] of Object.entries(phraseTables)) {
    for (const line of lines.trim().split('\n')) {
      const parts = line.split('|').map((part) => part.trim());
      expect(parts, `${language}: ${line}`).toHaveLength(3);
      expect(parts[2], `${language}: ${line}`).toMatch(/^[a-z ]+$/);
    }
  }
});

test('dice and coins follow the injected chance', async () => {
  expect(await call('roll_dice', { count: 3 }, () => 0.99)).toEqual({ sides: 6, rolls: [6, 6, 6], sum: 18 });
  expect(await call('roll_dice', { sides: 20 }, () => 0)).toMatchObject({ rolls: [1] });
  expect(await call('flip_coin', {}, () => 0.7)).toEqual({ side: 'tails' });
  await expect(call('roll_dice', { count: 1000 })).rejects.toMatchObject({ code: 'tool-bad-arguments' });
});
