import { BlockList, isIP } from 'node:net';
import { isPrivateAddress } from '../../engine/remote/remote-address.ts';

/** Networks, beside private ones, that are no place on the open internet, or lead back to one that is not. */
const special = new BlockList();
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  special.addSubnet(network, bits, 'ipv4');
for (const [network, bits] of [
  ['::', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fec0::', 10],
  ['ff00::', 8],
] as const)
  special.addSubnet(network, bits, 'ipv6');

/** Whether an IP address belongs to the open internet. An IPv4 address written as IPv6 is judged as what it is. */
export function isPublicAddress(address: string): boolean {
  const kind = isIP(address);
  if (kind === 0) return false;
  if (kind === 4) return !isPrivateAddress(address) && !special.check(address, 'ipv4');
  const mapped = /^::ffff:(?:(\d+\.\d+\.\d+\.\d+)|([0-9a-f]{1,4}):([0-9a-f]{1,4}))$/i.exec(address);
  if (mapped) return isPublicAddress(mapped[1] ?? fromHex(mapped[2]!, mapped[3]!));
  return !isPrivateAddress(address) && !special.check(address, 'ipv6');
}

function fromHex(high: string, low: string): string {
  const number = (Number.parseInt(high, 16) << 16) | Number.parseInt(low, 16);
  return [24, 16, 8, 0].map((shift) => (number >>> shift) & 255).join('.');
}
