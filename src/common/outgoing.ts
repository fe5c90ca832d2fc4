import { lookup, type LookupAddress } from 'node:dns';
import { BlockList, isIP } from 'node:net';
import { Agent, fetch, type RequestInit, type Response } from 'undici';

/** Whether this process may call addresses of its own machine: in development and tests, never in production. */
export interface OutgoingOptions {
  allowLoopback: boolean;
  /** Milliseconds until it is given up. */
  timeoutMs: number;
}

/** Addresses that are not on the public internet (RFC 6890), which nobody can make this server call. */
const INTERNAL = blockList([
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
  ['::', 127],
  ['64:ff9b::', 96],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
]);
const LOOPBACK = blockList([
  ['127.0.0.0', 8],
  ['::1', 128],
]);

const agents = {
  public: new Agent({ connect: { lookup: publicLookup(false) } }),
  withLoopback: new Agent({ connect: { lookup: publicLookup(true) } }),
};

/** Whether an address may be called at all: https, without a password in it; in development http on this machine too. */
export function isCallable(address: string, allowLoopback: boolean): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (url.username || url.password) return false;
  const isOwn = host === 'localhost' || (isIP(host) > 0 && isIn(LOOPBACK, host));
  if (isOwn) return allowLoopback && ['http:', 'https:'].includes(url.protocol);
  return url.protocol === 'https:' && !(isIP(host) > 0 && isIn(INTERNAL, host));
}

/**
 * Calls an address that a person typed. Internal addresses are refused, also behind a name, and nobody is followed elsewhere.
 * @throws Error when the address is refused, cannot be reached, redirects or takes too long
 */
export async function callOut(
  address: string,
  init: RequestInit,
  { allowLoopback, timeoutMs }: OutgoingOptions,
): Promise<Response> {
  if (!isCallable(address, allowLoopback)) throw new Error('The address may not be called.');
  return fetch(address, {
    ...init,
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
    dispatcher: allowLoopback ? agents.withLoopback : agents.public,
  });
}

type Found = (error: Error | null, addresses: LookupAddress[]) => void;

/** Looks a name up at the moment of connecting, so that it cannot mean something else by then. */
function publicLookup(allowLoopback: boolean) {
  return (host: string, options: object, found: Found): void =>
    lookup(host, { ...options, all: true }, (error, addresses) => {
      const inside = error
        ? undefined
        : addresses.find(
            ({ address }) => isIn(INTERNAL, address) && !(allowLoopback && isIn(LOOPBACK, address)),
          );
      found(inside ? new Error('The address may not be called.') : error, addresses);
    });
}

function isIn(list: BlockList, address: string): boolean {
  return list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

function blockList(subnets: [string, number][]): BlockList {
  const list = new BlockList();
  for (const [address, bits] of subnets) list.addSubnet(address, bits, isIP(address) === 6 ? 'ipv6' : 'ipv4');
  return list;
}
