import { z } from 'zod';
import { alwaysAvailable, defineTool } from '../tool.ts';
import { appName, siteOf } from './app-names.ts';

export interface OpenAppResult {
  readonly opened: string;
  /** The address, when it is a place on the web and no program. */
  readonly address?: string;
}

export const openApp = defineTool({
  name: 'open_app',
  description: 'Opens a program on this computer, or a well-known website, after the person has agreed.',
  input: z.object({ app: z.string().trim().min(1).max(100) }),
  leavesMachine: false,
  availability: alwaysAvailable,
  async run({ app }, { services }, signal): Promise<OpenAppResult> {
    const name = appName(app);
    const address = siteOf(name);
    await services.opener.open(address ? { kind: 'link', address } : { kind: 'app', name }, signal);
    return { opened: name, ...(address ? { address } : {}) };
  },
});
