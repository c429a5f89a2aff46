import { Tokenizer as BytePairTokenizer } from '@huggingface/tokenizers';
import { UserError } from '../../contract/user-errors.ts';
import { byteOfCharacter } from './byte-alphabet.ts';
import { readTokenizerFile, type TokenizerFile } from './tokenizer-files.ts';

/** Text to token ids and back, by a byte-level vocabulary with control tokens. */
export class Tokenizer {
  readonly #file: string;
  readonly #bytePairs: BytePairTokenizer;
  readonly #addedIds = new Map<string, number>();
  readonly #tokenBytes = new Map<number, Uint8Array>();
  /** Matches where a control token's text begins; undefined when there are none. */
  readonly #controlText: RegExp | undefined;

  constructor(content: TokenizerFile, file = 'tokenizer.json') {
    this.#file = file;
    this.#bytePairs = opened(content, file);
    for (const [token, id] of Object.entries(content.model.vocab))
      this.#tokenBytes.set(id, bytesOfToken(token));
    for (const { id, content: text } of content.added_tokens) {
      this.#addedIds.set(text, id);
      this.#tokenBytes.set(id, new TextEncoder().encode(text));
    }
    const added = [...this.#addedIds.keys()];
    if (added.length > 0) this.#controlText = new RegExp(`(?=${alternatives(added)})`, 'u');
  }

  /** Control tokens in the text become control ids. For text from outside use `encodeUntrusted`. */
  encode(text: string): number[] {
    return text === '' ? [] : this.#bytePairs.encode(text, { add_special_tokens: false }).ids;
  }

  /** Every character of the text is content: a control token's text becomes ordinary ids that spell it. */
  encodeUntrusted(text: string): number[] {
    return this.literalPieces(text).flatMap((piece) => this.encode(piece));
  }

  /** The text in pieces none of which contains a whole control token; joined they are the text. */
  literalPieces(text: string): string[] {
    if (!this.#controlText) return [text];
    const pieces: string[] = [];
    let rest = text;
    for (;;) {
      const start = rest.search(this.#controlText);
      if (start < 0) return [...pieces, rest];
      pieces.push(rest.slice(0, start + 1));
      rest = rest.slice(start + 1);
    }
  }

  decode(ids: Iterable<number>): string {
    const decoder = new TextDecoder();
    let text = '';
    for (const id of ids) text += decoder.decode(this.bytesOf(id), { stream: true });
    return text + decoder.decode();
  }

  /** The UTF-8 bytes that a token adds to the text; none for ids outside the vocabulary. */
  bytesOf(id: number): Uint8Array {
    return this.#tokenBytes.get(id) ?? new Uint8Array();
  }

  has(token: string): boolean {
    return this.#addedIds.has(token);
  }

  /** The id of a control token. */
  idOf(token: string): number {
    const id = this.#addedIds.get(token);
    if (id === undefined) throw new UserError('model-incompatible', { file: this.#file, token });
    return id;
  }
}

function opened(content: TokenizerFile, file: string): BytePairTokenizer {
  try {
    return new BytePairTokenizer(content, {});
  } catch (cause) {
    throw new UserError('model-damaged', { file, reason: 'not a byte-level tokenizer' }, { cause });
  }
}

/** Opens tokenizer.json, or vocab.json with merges.txt and added_tokens.json beside it. */
export function readTokenizer(path: string): Tokenizer {
  return new Tokenizer(readTokenizerFile(path), path);
}

function bytesOfToken(token: string): Uint8Array {
  return Uint8Array.from(token, (character) => byteOfCharacter.get(character) ?? 0x3f);
}

/** One alternative a string; families such as `<audio_0>`, `<audio_1>` are kept as they are, the engine makes a trie. */
function alternatives(texts: readonly string[]): string {
  return texts.map((text) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|');
}
