import { BlockList, isIP } from 'node:net';

const CLOSED = new BlockList();
// RFC 6890 and what has been added since: nothing that is not on the public internet.
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  CLOSED.addSubnet(network, bits, 'ipv4');
for (const [network, bits] of [
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
  ['::', 96],
] as const)
  CLOSED.addSubnet(network, bits, 'ipv6');

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

/** Why an address that somebody typed is not called. */
export type AddressFault = 'invalid_url' | 'credentials' | 'not_https' | 'private';

/**
 * What is wrong with an address that this server is to call; undefined when nothing is. Only https on the public internet may be
 * called, in development the own machine too.
 */
export function addressFault(text: string, allowsLoopback: boolean): AddressFault | undefined {
  if (!URL.canParse(text)) return 'invalid_url';
  const { protocol, hostname, username, password } = new URL(text);
  if (username !== '' || password !== '') return 'credentials';
  const host = hostname.replace(/^\[|\]$/g, '');
  const isLocal = host === 'localhost' || (isIP(host) !== 0 && isLoopback(host));
  if (protocol !== 'https:' && !(allowsLoopback && isLocal && protocol === 'http:')) return 'not_https';
  if (isLocal) return allowsLoopback ? undefined : 'private';
  return isIP(host) !== 0 && isClosed(host) ? 'private' : undefined;
}

/** Whether a server at an address may be connected to, however its name was looked up. */
export function mayConnect(address: string, allowsLoopback: boolean): boolean {
  const plain = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
  if (isIP(plain) === 0) return false;
  return isLoopback(plain) ? allowsLoopback : !isClosed(plain);
}

function isClosed(address: string): boolean {
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  return CLOSED.check(address, family) || (family === 'ipv6' && /^::ffff:/i.test(address));
}

function isLoopback(address: string): boolean {
  return LOOPBACK.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}
