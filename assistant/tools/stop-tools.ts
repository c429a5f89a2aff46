import { z } from 'zod';
import { alwaysAvailable, defineTool } from './tool.ts';

export const stopTools = defineTool({
  name: 'stop_tools',
  description: 'Stops tools that are still at work behind the conversation, when the person says so.',
  input: z.object({}),
  leavesMachine: false,
  availability: alwaysAvailable,
  async run(_input, { services }) {
    return { stopped: services.stopTools?.() ?? 0 };
  },
});
