import { UserError } from '../../contract/user-errors.ts';
import { NgramModel, type NgramLevel } from './ngram-model.ts';

interface Header {
  readonly format: string;
  readonly version: number;
  readonly order: number;
  /** Values are whole steps of this size, in nats. */
  readonly step: number;
  readonly backOffBias: number;
  readonly start: number;
  readonly end: number;
  readonly arrays: readonly {
    name: string;
    type: 'uint8' | 'uint16' | 'uint32';
    offset: number;
    length: number;
  }[];
  readonly words: readonly string[];
}

const arrayTypes = { uint8: Uint8Array, uint16: Uint16Array, uint32: Uint32Array };

/** Reads language-model.bin (domain/README.md): one line of JSON, then little-endian arrays at multiples of 8 bytes. */
export function readNgramFile(bytes: Uint8Array, file: string): NgramModel {
  const lineEnd = bytes.indexOf(0x0a) + 1;
  const header = readHeader(bytes.subarray(0, lineEnd), file);
  // A copy, because views need an aligned beginning.
  const body = new Uint8Array(bytes.subarray(lineEnd)).buffer;
  const array = (name: string): Uint8Array | Uint16Array | Uint32Array | undefined => {
    const entry = header.arrays.find((candidate) => candidate.name === name);
    if (!entry) return undefined;
    const Type = arrayTypes[entry.type];
    if (entry.offset + entry.length * Type.BYTES_PER_ELEMENT > body.byteLength) {
      throw new UserError('model-damaged', { file, reason: `${name} ends early` });
    }
    return new Type(body, entry.offset, entry.length);
  };
  const levels = Array.from({ length: header.order }, (_, index): NgramLevel => {
    const order = index + 1;
    return {
      words: array(`word${order}`) as Uint16Array | undefined,
      logCodes: array(`logProbability${order}`) as Uint8Array,
      backoffCodes: array(`backOff${order}`) as Uint8Array | undefined,
      children: array(`children${order}`) as Uint32Array | undefined,
    };
  });
  return new NgramModel({
    words: header.words,
    startWord: header.start,
    endWord: header.end,
    levels,
    logTable: Float32Array.from({ length: 256 }, (_, code) => -code * header.step),
    backoffTable: Float32Array.from({ length: 256 }, (_, code) => (header.backOffBias - code) * header.step),
  });
}

function readHeader(line: Uint8Array, file: string): Header {
  let header: Partial<Header>;
  try {
    header = JSON.parse(new TextDecoder().decode(line)) as Partial<Header>;
  } catch (cause) {
    throw new UserError('model-damaged', { file, reason: 'no header' }, { cause });
  }
  if (header.format !== 'sotto-ngram' || header.version !== 1) {
    throw new UserError('model-incompatible', { file, reason: `format ${header.format} ${header.version}` });
  }
  return header as Header;
}
