import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

const cookieName = 'sotto-session';

/**
 * Who may talk to the local server. The address that is opened carries a one-time token in its fragment, which
 * browsers do not send; the page trades it for a session cookie that scripts cannot read. Every request must name
 * this server in Host (a rebound domain name does not), every connection must come from our own page (Origin).
 */
export class Access {
  private token: string | undefined;
  private readonly sessions = new Set<string>();
  private readonly port: () => number;

  constructor(port: () => number) {
    this.port = port;
  }

  /** A token that is good for one exchange; issuing another makes it void. */
  issueToken(): string {
    this.token = randomBytes(32).toString('base64url');
    return this.token;
  }

  /** The Set-Cookie value for a right token, undefined for a wrong or used one. */
  exchange(token: string): string | undefined {
    if (this.token === undefined || !sameText(this.token, token)) return undefined;
    this.token = undefined;
    const session = randomBytes(32).toString('base64url');
    this.sessions.add(session);
    return `${cookieName}=${session}; HttpOnly; SameSite=Strict; Path=/`;
  }

  namesThisServer(request: IncomingMessage): boolean {
    return this.hosts().includes(request.headers.host ?? '');
  }

  comesFromOurPage(request: IncomingMessage): boolean {
    return this.hosts().some((host) => request.headers.origin === `http://${host}`);
  }

  hasSession(request: IncomingMessage): boolean {
    const cookies = (request.headers.cookie ?? '').split(';').map((cookie) => cookie.trim());
    return cookies.some(
      (cookie) =>
        cookie.startsWith(`${cookieName}=`) && this.sessions.has(cookie.slice(cookieName.length + 1)),
    );
  }

  private hosts(): string[] {
    return [`127.0.0.1:${this.port()}`, `localhost:${this.port()}`];
  }
}

function sameText(expected: string, actual: string): boolean {
  const a = Buffer.from(expected);
  const b = Buffer.from(actual);
  return a.length === b.length && timingSafeEqual(a, b);
}
