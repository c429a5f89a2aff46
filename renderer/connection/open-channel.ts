import { browserConnection } from '../../contract/bridge.ts';
import type { Channel } from '../../contract/channel.ts';
import { UserError } from '../../contract/user-errors.ts';
import { takeBrowserToken } from './browser-token.ts';
import { openWebSocketChannel } from './websocket-channel.ts';

/** The desktop shell's port where there is one, a WebSocket to the host that served the page otherwise. */
export async function openChannel(page: Window): Promise<Channel> {
  if (page.sotto) return page.sotto.connect();
  const answer = await page.fetch(browserConnection.sessionPath, {
    method: 'POST',
    body: takeBrowserToken(page),
  });
  if (!answer.ok) throw new UserError('connection-lost');
  const scheme = page.location.protocol === 'https:' ? 'wss:' : 'ws:';
  return openWebSocketChannel(new WebSocket(`${scheme}//${page.location.host}${browserConnection.path}`));
}
