import { z } from 'zod';
import { alwaysAvailable, defineTool } from '../tool.ts';

export const addNote = defineTool({
  name: 'add_note',
  description: 'Writes a note down.',
  input: z.object({ text: z.string().trim().min(1).max(1000) }),
  leavesMachine: false,
  availability: alwaysAvailable,
  async run({ text }, { now, services }) {
    services.notes.add(text, now().getTime());
    return { text, count: services.notes.count() };
  },
});
