import { z } from 'zod';
import { alwaysAvailable, defineTool } from '../tool.ts';

export const openLink = defineTool({
  name: 'open_link',
  description: 'Opens a web page in the browser, after the person has agreed.',
  input: z.object({ address: z.url({ protocol: /^https?$/ }).max(2000) }),
  leavesMachine: true,
  availability: alwaysAvailable,
  async run({ address }, { services }, signal) {
    await services.opener.open({ kind: 'link', address }, signal);
    return { opened: address };
  },
});
