import { z } from 'zod';
import { alwaysAvailable, defineTool } from '../tool.ts';
import { appName } from './app-names.ts';

export const closeApp = defineTool({
  name: 'close_app',
  description: 'Asks a program on this computer to close, after the person has agreed.',
  input: z.object({ app: z.string().trim().min(1).max(100) }),
  leavesMachine: false,
  availability: alwaysAvailable,
  async run({ app }, { services }, signal) {
    const name = appName(app);
    await services.opener.open({ kind: 'close-app', name }, signal);
    return { closed: name };
  },
});
