import { expect, test } from 'vitest';
import { isNearbyName, isPrivateAddress, parseRemoteAddress } from '../../../engine/remote/remote-address.ts';

test.each([
  ['http://gpu-box.lan:8000', 'http://gpu-box.lan:8000/v1/'],
  ['http://gpu-box.lan:8000/', 'http://gpu-box.lan:8000/v1/'],
  [' https://example.org/api/v1 ', 'https://example.org/api/v1/'],
  ['https://example.org/v1/chat/completions?x=1#y', 'https://example.org/v1/'],
  ['http://[fd00::7]:8000', 'http://[fd00::7]:8000/v1/'],
])('%s is found at %s', (written, base) => {
  expect(parseRemoteAddress(written).base.href).toBe(base);
});

test.each(['', 'gpu-box:8000', 'file:///etc/passwd', 'http://', 'javascript:alert(1)'])(
  'what is no web address is refused: %j',
  (written) => {
    expect(() => parseRemoteAddress(written)).toThrow(
      expect.objectContaining({ code: 'remote-address-wrong' }),
    );
  },
);

test('a password in an address is refused and not repeated', () => {
  const refused = () => parseRemoteAddress('https://ada:hunter2@example.org/v1');
  expect(refused).toThrow(expect.objectContaining({ code: 'remote-address-wrong' }));
  try {
    refused();
  } catch (error) {
    expect(JSON.stringify(error)).not.toContain('hunter2');
  }
});

test('private addresses are told from public ones', () => {
  const nearby = [
    '127.0.0.1',
    '10.1.2.3',
    '172.31.0.1',
    '192.168.1.1',
    '100.64.0.9',
    '::1',
    'fd12::1',
    'fe80::1',
  ];
  const far = ['8.8.8.8', '172.32.0.1', '192.169.0.1', '2001:db8::1', '0.0.0.0', 'localhost', ''];
  expect(nearby.filter((address) => !isPrivateAddress(address))).toEqual([]);
  expect(far.filter(isPrivateAddress)).toEqual([]);
  expect(isPrivateAddress('::ffff:10.0.0.1')).toBe(true);
  expect(isPrivateAddress('::ffff:8.8.8.8')).toBe(false);
});

test('names at home are told from names of the world', () => {
  expect(['localhost', 'gpu-box', 'gpu-box.lan', 'nas.local', '192.168.0.2'].every(isNearbyName)).toBe(true);
  expect(['example.org', 'local.example.org', '1.2.3.4'].some(isNearbyName)).toBe(false);
});
