import { readFile, stat } from 'node:fs/promises';
import { setError } from './set-error.ts';

const MOST_BYTES = 500_000_000;

/** A whole text file as lines; `number` counts from 1 and empty lines are left out. */
export async function readLines(path: string): Promise<{ number: number; text: string }[]> {
  const text = await readText(path);
  return text
    .split('\n')
    .map((line, index) => ({ number: index + 1, text: line.replace(/\r$/, '') }))
    .filter((line) => line.text.trim() !== '');
}

/** @throws UserError evaluation-set-wrong when it cannot be read or is no text in UTF-8 */
export async function readText(path: string): Promise<string> {
  try {
    const { size } = await stat(path);
    if (size > MOST_BYTES) throw setError(path, 'it is far too large');
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path));
  } catch (error) {
    if (error instanceof TypeError) throw setError(path, 'it is not text in UTF-8', error);
    if (error instanceof Error && 'errno' in error)
      throw setError(path, String((error as NodeJS.ErrnoException).code), error);
    throw error;
  }
}

/** Rows of a table with tabs and a heading; no quoting, as Common Voice and CoVoST write it. */
export async function readTable(
  path: string,
): Promise<{ number: number; cells: ReadonlyMap<string, string> }[]> {
  const [heading, ...lines] = await readLines(path);
  const names = (heading?.text ?? '').split('\t').map((name) => name.trim());
  return lines.map(({ number, text }) => {
    const cells = text.split('\t');
    return { number, cells: new Map(names.map((name, index) => [name, (cells[index] ?? '').trim()])) };
  });
}
