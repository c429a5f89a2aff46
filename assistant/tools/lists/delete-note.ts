import { z } from 'zod';
import { alwaysAvailable, defineTool } from '../tool.ts';

export const deleteNote = defineTool({
  name: 'delete_note',
  description: 'Deletes one note by the id that read_notes gives.',
  input: z.object({ id: z.number().int() }),
  leavesMachine: false,
  availability: alwaysAvailable,
  async run({ id }, { services }) {
    return { deleted: services.notes.remove(id) };
  },
});
