import { browserConnection } from '../../contract/bridge.ts';

/**
 * Takes the one-time token out of the address (`#token=...`), so that it is neither shown, bookmarked nor
 * copied along. Empty on a reload: the session's cookie serves then.
 */
export function takeBrowserToken(page: Pick<Window, 'location' | 'history'>): string {
  const token = new URLSearchParams(page.location.hash.slice(1)).get(browserConnection.fragmentKey);
  if (token) page.history.replaceState(null, '', page.location.pathname + page.location.search);
  return token ?? '';
}
