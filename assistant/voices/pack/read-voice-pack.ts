import { closeSync, fstatSync, openSync } from 'node:fs';
import { UserError } from '../../../contract/user-errors.ts';
import type { ImportSource } from '../import/import-item.ts';
import { PACK_CLIP, PACK_LIST, packLimits, packList, packPath, type PackList } from './pack-format.ts';
import { damaged, readEntry, zipEntries, type ZipEntry, type ZipFile } from './zip-entries.ts';

/**
 * What a voice pack holds. Nothing is unpacked to a path that the pack names: entries may only be called as the format
 * says, sizes and counts are bounded, and each sound must have the hash that the list gives.
 *
 * @throws UserError voice-pack-damaged
 */
export function openVoicePack(path: string): ImportSource {
  const file = openSync(path, 'r');
  try {
    const zip = { file, path, bytes: fstatSync(file).size };
    const entries = new Map(zipEntries(zip, packLimits.clips + 1).map((entry) => [entry.name, entry]));
    for (const name of entries.keys())
      if (name !== PACK_LIST && !PACK_CLIP.test(name)) throw damaged(zip, 'strange-name');
    const list = readList(zip, entries);
    const total = list.clips.reduce((bytes, clip) => bytes + clip.bytes, 0);
    if (total > packLimits.totalBytes) throw damaged(zip, 'too-large');
    return {
      total: list.clips.length,
      items: () =>
        list.clips.map(({ sha256, bytes: _, source, licence, ...description }) => ({
          path: `${path}:${description.name}`,
          read: async () => {
            const entry = entries.get(packPath(sha256));
            if (!entry) throw damaged(zip, 'missing-clip');
            return readEntry(zip, entry, packLimits.clipBytes);
          },
          description,
          source,
          licence,
          sha256,
        })),
      close: () => closeSync(file),
    };
  } catch (error) {
    closeSync(file);
    throw error;
  }
}

function readList(zip: ZipFile, entries: ReadonlyMap<string, ZipEntry>): PackList {
  const entry = entries.get(PACK_LIST);
  if (!entry) throw damaged(zip, 'no-list');
  const text = new TextDecoder().decode(readEntry(zip, entry, packLimits.listBytes));
  try {
    return packList.parse(JSON.parse(text));
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    throw damaged(zip, 'no-list', cause);
  }
}
