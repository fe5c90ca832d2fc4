import { Webhook } from 'standardwebhooks';

/** The headers of a signed message, as Standard Webhooks names them. */
export interface SignatureHeaders {
  'webhook-id': string;
  'webhook-timestamp': string;
  'webhook-signature': string;
}

const ID = /^[\x21-\x7e]{1,190}$/;
const TIMESTAMP = /^\d{10}$/;

/**
 * The three headers when each is there once and well-formed. The library would take a timestamp such as `1700abc` and
 * throw a TypeError on a repeated header, so they are looked at first.
 */
export function signatureHeaders(headers: Record<string, unknown>): SignatureHeaders | undefined {
  const id = headers['webhook-id'];
  const timestamp = headers['webhook-timestamp'];
  const signature = headers['webhook-signature'];
  if (typeof id !== 'string' || typeof timestamp !== 'string' || typeof signature !== 'string')
    return undefined;
  if (!ID.test(id) || !TIMESTAMP.test(timestamp)) return undefined;
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature };
}

/** Whether the body was signed with the secret, at most five minutes ago (Standard Webhooks, HMAC-SHA-256). */
export function isSigned(secret: string, body: Buffer, headers: SignatureHeaders): boolean {
  try {
    new Webhook(secret).verify(body, { ...headers });
    return true;
  } catch (error) {
    // A body that is signed but not JSON: the library parses only after the signature was found right.
    return error instanceof SyntaxError;
  }
}
