import { z } from 'zod';
import { alwaysAvailable, defineTool } from '../tool.ts';

export interface ReadNotesResult {
  readonly count: number;
  /** Newest first. */
  readonly notes: readonly { readonly id: number; readonly text: string; readonly createdAt: number }[];
}

export const readNotes = defineTool({
  name: 'read_notes',
  description: 'Reads the notes, the newest first.',
  input: z.object({ limit: z.number().int().min(1).max(50).default(5) }),
  leavesMachine: false,
  availability: alwaysAvailable,
  async run({ limit }, { services }): Promise<ReadNotesResult> {
    return { count: services.notes.count(), notes: services.notes.list(limit) };
  },
});
