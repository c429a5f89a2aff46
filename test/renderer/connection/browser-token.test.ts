import { beforeEach, expect, test } from 'vitest';
import { takeBrowserToken } from '../../../renderer/connection/browser-token.ts';

beforeEach(() => {
  window.sessionStorage.clear();
  window.history.replaceState(null, '', '/');
});

test('the token is taken out of the address at once', () => {
  window.history.replaceState(null, '', '/?x=1#token=secret-1');
  expect(takeBrowserToken(window)).toBe('secret-1');
  expect(window.location.href).not.toContain('secret-1');
  expect(window.location.search).toBe('?x=1');
});

test('the token is kept nowhere in the page', () => {
  window.history.replaceState(null, '', '/#token=secret-2');
  takeBrowserToken(window);
  expect(takeBrowserToken(window)).toBe('');
  expect(window.sessionStorage.length + window.localStorage.length).toBe(0);
});

test('without a token there is none', () => {
  expect(takeBrowserToken(window)).toBe('');
});
