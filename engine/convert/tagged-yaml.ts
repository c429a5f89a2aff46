import { UserError } from '../../contract/user-errors.ts';

/** A mapping; `tag` is what stood behind `!new:`, kept as text and never looked up. */
export interface YamlMapping {
  readonly tag: string;
  readonly entries: ReadonlyMap<string, YamlValue>;
}
export type YamlValue = string | number | boolean | null | YamlMapping;

/** The official file has 1,099 bytes; what is longer is no model description. */
const LONGEST_TEXT = 100_000;
const LONGEST_LINE = 500;

interface Line {
  readonly indent: number;
  readonly key: string;
  readonly rest: string;
  readonly number: number;
}

/**
 * The part of YAML that model descriptions use: nested mappings by indentation, plain and quoted scalars, and
 * `!new:some.name` before a nested mapping. Anything else (other tags, references, lists, anchors) is refused.
 */
export function parseTaggedYaml(text: string, file: string): YamlMapping {
  if (text.length > LONGEST_TEXT) throw refusal(file, 1, 'a file that long');
  const lines = text
    .split(/\r?\n/)
    .map((line, index) => readLine(line, index + 1, file))
    .filter((line) => line !== undefined);
  const reader = new MappingReader(lines, file);
  const mapping = reader.read('', -1);
  return mapping;
}

class MappingReader {
  readonly #lines: readonly Line[];
  readonly #file: string;
  #at = 0;

  constructor(lines: readonly Line[], file: string) {
    this.#lines = lines;
    this.#file = file;
  }

  /** The entries that are indented more than `parentIndent`, all by the same amount. */
  read(tag: string, parentIndent: number): YamlMapping {
    const entries = new Map<string, YamlValue>();
    const indent = this.#lines[this.#at]?.indent ?? -1;
    while (this.#at < this.#lines.length && this.#lines[this.#at]!.indent > parentIndent) {
      const line = this.#lines[this.#at++]!;
      if (line.indent !== indent) throw refusal(this.#file, line.number, 'indentation');
      if (entries.has(line.key)) throw refusal(this.#file, line.number, `${line.key} twice`);
      entries.set(line.key, this.#value(line));
    }
    return { tag, entries };
  }

  #value(line: Line): YamlValue {
    const isNested = (this.#lines[this.#at]?.indent ?? -1) > line.indent;
    const tag = /^!new:([\w.]+)$/.exec(line.rest)?.[1];
    if (isNested && (tag !== undefined || line.rest === '')) return this.read(tag ?? '', line.indent);
    if (isNested || tag !== undefined) throw refusal(this.#file, line.number, line.rest);
    return scalar(line, this.#file);
  }
}

function readLine(text: string, number: number, file: string): Line | undefined {
  if (text.length > LONGEST_LINE) throw refusal(file, number, 'a line that long');
  if (/^\s*(#.*)?$/.test(text) || text === '---') return undefined;
  const [, indent, key, rest] = /^( *)([A-Za-z_]\w*):(?:\s+(.*?))?\s*$/.exec(text) ?? [];
  if (key === undefined) throw refusal(file, number, text.trim().slice(0, 40));
  return { indent: indent!.length, key, rest: withoutComment(rest ?? ''), number };
}

function withoutComment(rest: string): string {
  const quoted = /^('[^']*'|"[^"\\]*")\s*(?:#.*)?$/.exec(rest)?.[1];
  return quoted ?? rest.replace(/(?:^|\s+)#.*$/, '');
}

function scalar({ rest, number }: Line, file: string): YamlValue {
  if (/^(null|~|)$/i.test(rest)) return null;
  if (/^true$/i.test(rest)) return true;
  if (/^false$/i.test(rest)) return false;
  if (/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(rest)) return Number(rest);
  const quoted = /^'([^']*)'$|^"([^"\\]*)"$/.exec(rest);
  if (quoted) return quoted[1] ?? quoted[2] ?? '';
  if (/^[A-Za-z_][\w .-]*$/.test(rest)) return rest;
  throw refusal(file, number, rest.slice(0, 40));
}

function refusal(file: string, line: number, what: string): UserError {
  return new UserError('model-incompatible', { file, line, reason: `refused: ${what}` });
}
