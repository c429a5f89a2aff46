import { z } from 'zod';

export const folderEntry = z.object({ name: z.string(), path: z.string() });

/** A place from which folders can be reached: the person's own folder, and drives that are there. */
export const folderPlace = folderEntry.extend({ kind: z.enum(['home', 'drive']) });

export const folderListing = z.object({
  path: z.string(),
  /** Absent at the top of a place. */
  parent: z.string().optional(),
  folders: z.array(folderEntry),
  /** There were more than can be shown. */
  isCutOff: z.boolean(),
  places: z.array(folderPlace),
});
export type FolderListing = z.infer<typeof folderListing>;

/** For shells without a dialog of their own, such as a browser. */
export const folderCalls = {
  /**
   * The folders in a folder below home or on a drive; no files, and nothing of what they hold. Empty or out of reach:
   * home.
   */
  listFolders: {
    kind: 'request',
    input: z.object({ path: z.string().max(2000), hidden: z.boolean().default(false) }),
    output: folderListing,
  },
} as const;
