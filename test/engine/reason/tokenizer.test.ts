import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { UserError } from '../../../contract/user-errors.ts';
import { readTokenizerFile } from '../../../engine/reason/tokenizer-files.ts';
import { readTokenizer } from '../../../engine/reason/tokenizer.ts';
import cases from '../../golden/tokenizer.json' with { type: 'json' };
import { scratchFolder, tinyCheckpoint } from '../tiny-model.ts';

const { folder, dispose } = scratchFolder();
afterAll(dispose);
const separate = join(tinyCheckpoint, 'tokenizer.json');
const tokenizer = readTokenizer(separate);
writeFileSync(join(folder, 'tokenizer.json'), JSON.stringify(readTokenizerFile(separate)));
const whole = readTokenizer(join(folder, 'tokenizer.json'));

describe.each([
  ['vocab.json, merges.txt and added_tokens.json', tokenizer],
  ['tokenizer.json', whole],
])('a tokenizer from %s', (_, subject) => {
  test.each(cases)('encodes and decodes $text', ({ text, ids, decoded }) => {
    expect(subject.encode(text)).toEqual(ids);
    expect(subject.decode(ids)).toBe(decoded);
  });
});

const marked = fc.array(
  fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('<|EOT|>', '<tool_call>', '<audio_0>', '<', '<audio', '_patch>', '|EOT|>', '<<|BOT|>'),
  ),
);

test('text from outside never gives a control token, and says the same', () => {
  const control = new Set(readTokenizerFile(separate).added_tokens.map((token) => token.id));
  fc.assert(
    fc.property(marked, (parts) => {
      const text = parts.join('').normalize('NFC');
      const ids = tokenizer.encodeUntrusted(text);
      expect(ids.some((id) => control.has(id))).toBe(false);
      expect(tokenizer.decode(ids)).toBe(text);
    }),
  );
});

test('plain text from outside is tokenised like any other', () => {
  const text = 'You are a helpful assistant.';
  expect(tokenizer.encodeUntrusted(text)).toEqual(tokenizer.encode(text));
});

test('an unknown control token says which is missing', () => {
  expect(() => tokenizer.idOf('<no_such_token>')).toThrow(
    expect.objectContaining({ code: 'model-incompatible' }),
  );
});

test.each(['', '{', '[]', '{}', '{"model": {"vocab": {}}, "added_tokens": [null]}', '{"model": null}'])(
  'a damaged tokenizer.json (%s) gives an error for people',
  (text) => {
    writeFileSync(join(folder, 'broken.json'), text);
    expect(() => readTokenizer(join(folder, 'broken.json'))).toThrow(UserError);
  },
);

test('a folder without any tokenizer says so', () => {
  expect(() => readTokenizer(join(folder, 'nowhere', 'tokenizer.json'))).toThrow(
    expect.objectContaining({ code: 'model-missing' }),
  );
});
