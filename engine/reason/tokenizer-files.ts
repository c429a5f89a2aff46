import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UserError } from '../../contract/user-errors.ts';

/** The parts of tokenizer.json that matter here; the rest is passed on as it stands. */
export interface TokenizerFile {
  readonly added_tokens: readonly { readonly id: number; readonly content: string }[];
  readonly model: { readonly vocab: Readonly<Record<string, number>> };
}

/** Pieces that merges never cross: contractions, words, single digits, runs of signs, line ends, blanks. */
const QWEN2_SPLIT =
  "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

/** Reads tokenizer.json, or puts its content together from the older files that lie in the same folder. */
export function readTokenizerFile(path: string): TokenizerFile {
  if (existsSync(path)) return checked(readJson(path), path);
  const folder = dirname(path);
  const [vocabulary, merges, added] = ['vocab.json', 'merges.txt', 'added_tokens.json'].map((name) =>
    join(folder, name),
  ) as [string, string, string];
  if (!existsSync(vocabulary) || !existsSync(merges)) throw new UserError('model-missing', { file: path });
  const addedIds = existsSync(added) ? Object.entries(readJson(added) as Record<string, number>) : [];
  const byteLevel = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: false, use_regex: false };
  const split = { type: 'Split', pattern: { Regex: QWEN2_SPLIT }, behavior: 'Isolated', invert: false };
  const assembled = {
    version: '1.0',
    added_tokens: addedIds
      .sort(([, a], [, b]) => a - b)
      .map(([content, id]) => ({
        id,
        content,
        single_word: false,
        lstrip: false,
        rstrip: false,
        normalized: false,
        special: true,
      })),
    normalizer: { type: 'NFC' },
    pre_tokenizer: { type: 'Sequence', pretokenizers: [split, byteLevel] },
    post_processor: byteLevel,
    decoder: byteLevel,
    model: {
      type: 'BPE',
      vocab: readJson(vocabulary),
      merges: readFileSync(merges, 'utf8')
        .split(/\r?\n/)
        .filter((line, index) => line !== '' && !(index === 0 && line.startsWith('#version'))),
    },
  };
  return checked(assembled, path);
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new UserError('model-damaged', { file, reason: 'not JSON' }, { cause });
  }
}

function checked(value: unknown, file: string): TokenizerFile {
  const { added_tokens: added, model } = (value ?? {}) as {
    added_tokens?: unknown;
    model?: { vocab?: unknown };
  };
  const isAdded = (token: unknown) => {
    const { id, content } = (token ?? {}) as { id?: unknown; content?: unknown };
    return Number.isInteger(id) && typeof content === 'string' && content !== '';
  };
  if (
    typeof model?.vocab !== 'object' ||
    model.vocab === null ||
    !Array.isArray(added) ||
    !added.every(isAdded)
  ) {
    throw new UserError('model-damaged', { file, reason: 'not a byte-level tokenizer' });
  }
  return value as TokenizerFile;
}
