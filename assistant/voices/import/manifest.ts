import type { ClipDescription } from '../../../contract/voices.ts';
import { UserError } from '../../../contract/user-errors.ts';

/**
 * A line of a manifest: columns of a CSV or TSV file with a heading, or fields of a JSON object a line. Names are
 * compared without capitals, spaces, `-` and `_`:
 *
 *     path         path, file, filename, audio, wav, audiofilepath      needed; relative to the manifest, and below it
 *     transcript   text, transcript, sentence, transcription
 *     name         name, speaker, speakerid, clientid, speakername
 *     gender       gender, sex               female, male, f, m, woman, man, 女, 男
 *     age, style, emotion, language (lang, locale, accent), tags (separated by `;` or `,`), source, licence (license)
 */
export interface ManifestLine {
  readonly path: string;
  readonly description: Partial<ClipDescription>;
  readonly source?: string;
  readonly licence?: string;
}

const columns: Readonly<Record<string, readonly string[]>> = {
  path: ['path', 'file', 'filename', 'audio', 'wav', 'audiofilepath', 'audiopath'],
  transcript: ['text', 'transcript', 'sentence', 'transcription'],
  name: ['name', 'speaker', 'speakerid', 'clientid', 'speakername', 'spk'],
  gender: ['gender', 'sex'],
  age: ['age'],
  style: ['style'],
  emotion: ['emotion'],
  language: ['language', 'lang', 'locale', 'accent'],
  tags: ['tags', 'tag'],
  source: ['source'],
  licence: ['licence', 'license'],
};
const genders: Readonly<Record<string, ClipDescription['gender']>> = {
  ...Object.fromEntries(
    ['female', 'f', 'woman', 'female_feminine', '女'].map((word) => [word, 'female' as const]),
  ),
  ...Object.fromEntries(['male', 'm', 'man', 'male_masculine', '男'].map((word) => [word, 'male' as const])),
  ...Object.fromEntries(
    ['neutral', 'other', 'nonbinary', 'non-binary'].map((word) => [word, 'neutral' as const]),
  ),
};
const MOST_LINES = 500_000;
const longest = { name: 120, transcript: 2000, age: 60, style: 200, emotion: 60, language: 60 } as const;

/** @throws UserError manifest-wrong with the line, when it has no column for the path or cannot be read. */
export function parseManifest(text: string, kind: 'csv' | 'tsv' | 'jsonl', path: string): ManifestLine[] {
  const records =
    kind === 'jsonl' ? jsonLines(text, path) : tableRows(text, kind === 'csv' ? ',' : '\t', path);
  if (records.length > MOST_LINES)
    throw new UserError('manifest-wrong', { path, line: MOST_LINES, reason: 'too-long' });
  return records.map((record, index) => manifestLine(record, path, index + 1));
}

type Record_ = ReadonlyMap<string, string>;

function manifestLine(record: Record_, manifest: string, line: number): ManifestLine {
  const value = (field: string) =>
    columns[field]!.map((name) => record.get(name)).find((found) => found !== undefined && found !== '') ??
    '';
  const path = value('path');
  if (!path) throw new UserError('manifest-wrong', { path: manifest, line, reason: 'no-path' });
  const cut = (field: keyof typeof longest) => value(field).slice(0, longest[field]);
  const tags = value('tags')
    .split(/[;,]/)
    .map((tag) => tag.trim().slice(0, 40))
    .filter((tag) => tag !== '');
  return {
    path,
    description: {
      name: cut('name'),
      transcript: cut('transcript'),
      gender: genders[value('gender').toLowerCase()] ?? '',
      age: cut('age'),
      style: cut('style'),
      emotion: cut('emotion'),
      language: cut('language'),
      tags: tags.slice(0, 20),
    },
    ...(value('source') ? { source: value('source').slice(0, 500) } : {}),
    ...(value('licence') ? { licence: value('licence').slice(0, 200) } : {}),
  };
}

function jsonLines(text: string, path: string): Record_[] {
  return text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .map((line, index) => {
      let value: unknown;
      try {
        value = JSON.parse(line);
      } catch (cause) {
        throw new UserError('manifest-wrong', { path, line: index + 1, reason: 'not-json' }, { cause });
      }
      if (typeof value !== 'object' || value === null || Array.isArray(value))
        throw new UserError('manifest-wrong', { path, line: index + 1, reason: 'not-json' });
      return new Map(
        Object.entries(value).map(([name, field]) => [
          plainName(name),
          Array.isArray(field)
            ? field.join(';')
            : field === null || typeof field === 'object'
              ? ''
              : String(field),
        ]),
      );
    });
}

function tableRows(text: string, separator: string, path: string): Record_[] {
  const [heading, ...rows] = cells(text, separator);
  const names = (heading ?? []).map(plainName);
  if (!names.some((name) => columns['path']!.includes(name)))
    throw new UserError('manifest-wrong', { path, line: 1, reason: 'no-path' });
  return rows
    .filter((row) => row.some((cell) => cell !== ''))
    .map((row) => new Map(names.map((name, index) => [name, (row[index] ?? '').trim()])));
}

/** RFC 4180: quoted cells may hold separators, line ends and doubled quotes. */
function cells(text: string, separator: string): string[][] {
  const rows: string[][] = [[]];
  let cell = '';
  let quoted = false;
  const source = text.replace(/^\uFEFF/, '');
  for (let at = 0; at < source.length; at += 1) {
    const letter = source[at]!;
    if (quoted) {
      if (letter !== '"') cell += letter;
      else if (source[at + 1] === '"') cell += source[(at += 1)]!;
      else quoted = false;
    } else if (letter === '"' && cell === '') {
      quoted = true;
    } else if (letter === separator) {
      rows.at(-1)!.push(cell);
      cell = '';
    } else if (letter === '\n') {
      rows.at(-1)!.push(cell.replace(/\r$/, ''));
      cell = '';
      rows.push([]);
    } else {
      cell += letter;
    }
  }
  rows.at(-1)!.push(cell);
  return rows;
}

function plainName(name: string): string {
  return name.toLowerCase().replace(/[\s_-]+/g, '');
}
