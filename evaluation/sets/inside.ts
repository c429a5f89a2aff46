import { isAbsolute, resolve, sep } from 'node:path';

/** The file that a set names, below its folder; undefined when it leads elsewhere. */
export function insideFolder(folder: string, named: string): string | undefined {
  if (named.trim() === '' || isAbsolute(named) || named.includes('\0')) return undefined;
  const root = resolve(folder);
  const path = resolve(root, named);
  return path.startsWith(root + sep) ? path : undefined;
}
