import { dirname, extname, basename, join } from 'node:path';

/** `settings.json` -> `settings.damaged-2026-11-21T05-14-50-123Z.json`, in the same folder. */
export function damagedFileName(path: string, at: number): string {
  const extension = extname(path);
  const time = new Date(at).toISOString().replace(/[:.]/g, '-');
  return join(dirname(path), `${basename(path, extension)}.damaged-${time}${extension}`);
}
