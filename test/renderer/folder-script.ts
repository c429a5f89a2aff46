import type { FolderListing } from '../../contract/folder-calls.ts';

const home = '/home/ada';
const drive = '/media/ada/Backup';
const tree: Readonly<Record<string, readonly string[]>> = {
  [home]: ['.cache', 'Desktop', 'Documents', 'Downloads', 'Models', 'Music', 'Pictures', 'Videos', '录音'],
  [`${home}/Models`]: ['Step-Audio-2-mini', 'Step-Audio-2-mini-Think'],
  [`${home}/Models/Step-Audio-2-mini`]: ['token2wav'],
  [drive]: ['2025', '2026'],
};

/** A home with a few folders, and a drive. */
export function scriptedFolders(asked: string, hidden: boolean): FolderListing {
  const path = asked.startsWith(home) || asked.startsWith(drive) ? asked : home;
  const names = (tree[path] ?? []).filter((name) => hidden || !name.startsWith('.'));
  const parent = path.slice(0, path.lastIndexOf('/'));
  return {
    path,
    ...(path === home || path === drive ? {} : { parent }),
    folders: names.map((name) => ({ name, path: `${path}/${name}` })),
    isCutOff: false,
    places: [
      { kind: 'home', name: 'ada', path: home },
      { kind: 'drive', name: 'Backup', path: drive },
    ],
  };
}
