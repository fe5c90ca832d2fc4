import { lookup, type LookupAddress } from 'node:dns';
import { Agent, fetch, type RequestInit, type Response } from 'undici';
import { addressFault, mayConnect } from './outgoing-address.js';

/** Whether this process may call addresses of its own machine: in development and tests, never in production. */
export interface OutgoingOptions {
  allowLoopback: boolean;
  /** Milliseconds until it is given up. */
  timeoutMs: number;
}

const agents = {
  public: new Agent({ connect: { lookup: publicLookup(false) } }),
  withLoopback: new Agent({ connect: { lookup: publicLookup(true) } }),
};

/**
 * Calls an address that a person typed. Internal addresses are refused, also behind a name, and nobody is followed elsewhere.
 * @throws Error when the address is refused, cannot be reached, redirects or takes too long
 */
export async function callOut(
  address: string,
  init: RequestInit,
  { allowLoopback, timeoutMs }: OutgoingOptions,
): Promise<Response> {
  if (addressFault(address, allowLoopback)) throw new Error('The address may not be called.');
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
      const isRefused = !error && addresses.some(({ address }) => !mayConnect(address, allowLoopback));
      found(isRefused ? new Error('The address may not be called.') : error, addresses);
    });
}
