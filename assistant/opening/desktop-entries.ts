import { readdir, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

export interface DesktopEntry {
  readonly path: string;
  readonly name: string;
  /** The program that it starts, without its folder and arguments. */
  readonly program: string;
}

/** Where the XDG base directory specification puts application entries. */
export function applicationFolders(environment: NodeJS.ProcessEnv): string[] {
  const home = environment['XDG_DATA_HOME'] || join(homedir(), '.local', 'share');
  const system = (environment['XDG_DATA_DIRS'] || '/usr/local/share:/usr/share').split(':');
  return [home, ...system].map((folder) => join(folder, 'applications'));
}

/** The entry whose name or program fits best what a person said; exact names win over beginnings. */
export async function findDesktopEntry(
  spoken: string,
  folders: readonly string[],
): Promise<DesktopEntry | undefined> {
  const wanted = plain(spoken);
  const entries = (await Promise.all(folders.map(readEntries))).flat();
  const rank = (entry: DesktopEntry): number => {
    const names = [plain(entry.name), plain(entry.program)];
    if (names.includes(wanted)) return 0;
    if (names.some((name) => name.split(' ').includes(wanted))) return 1;
    if (names.some((name) => name.startsWith(wanted))) return 2;
    return Infinity;
  };
  const best = entries.map((entry) => ({ entry, rank: rank(entry) })).sort((a, b) => a.rank - b.rank)[0];
  return wanted !== '' && best && best.rank < Infinity ? best.entry : undefined;
}

async function readEntries(folder: string): Promise<DesktopEntry[]> {
  const files = await readdir(folder).catch(() => []);
  const entries = await Promise.all(
    files
      .filter((file) => file.endsWith('.desktop'))
      .map(async (file) => {
        const path = join(folder, file);
        const text = await readFile(path, 'utf8').catch(() => '');
        const main = text.split(/^\[(?!Desktop Entry\])/m)[0] ?? '';
        const value = (key: string): string => new RegExp(`^${key}=(.*)$`, 'm').exec(main)?.[1]?.trim() ?? '';
        const hidden =
          value('NoDisplay') === 'true' || value('Hidden') === 'true' || value('Type') !== 'Application';
        const program = value('Exec').split(/\s/)[0]?.split('/').at(-1) ?? '';
        return hidden || value('Name') === '' ? [] : [{ path, name: value('Name'), program }];
      }),
  );
  return entries.flat();
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
