import { z } from 'zod';

/** One folder that the person picked, and what is known of it. */
export const knowledgeFolder = z.object({
  path: z.string(),
  files: z.number(),
  passages: z.number(),
  /** Files that could not be read. */
  unread: z.number(),
  /** Why the folder itself cannot be read; empty when it can. */
  problem: z.string(),
});
export type KnowledgeFolder = z.infer<typeof knowledgeFolder>;

export const knowledgeStatus = z.object({
  folders: z.array(knowledgeFolder),
  /** While files are being read. */
  progress: z.object({ done: z.number(), total: z.number() }).optional(),
});
export type KnowledgeStatus = z.infer<typeof knowledgeStatus>;

/** A passage of the person's own files. */
export const knownPassage = z.object({
  /** The file's name. */
  title: z.string(),
  path: z.string(),
  /** The headings it stands under, or the page of a PDF; may be empty. */
  heading: z.string(),
  /** The sentences that answer. */
  extract: z.string(),
  /** The passage, with those between « and ». */
  passage: z.string(),
});
export type KnownPassage = z.infer<typeof knownPassage>;
