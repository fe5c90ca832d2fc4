import { createHash, timingSafeEqual } from 'node:crypto';
import type { ConnectionShape } from './adapters/read-message.js';
import type { OpenConnection } from './connection.queries.js';
import type { Delivery } from './delivery.js';
import { isSigned, signatureHeaders } from './signature.js';

/** A delivery that has shown the secret. */
export interface Trusted {
  /** The id that the signature covers; undefined when a password was shown. */
  signedId: string | undefined;
}

/** Hosts of these shapes cannot sign; they show the secret as a password. */
const TAKES_PASSWORD: readonly ConnectionShape[] = ['rustici', 'xapi', 'scorm-commit'];

/** Whether a connection of the shape may show its secret as a password instead of signing. */
export function takesPassword(shape: ConnectionShape): boolean {
  return TAKES_PASSWORD.includes(shape);
}

/**
 * Finds out whether the host has shown one of the connection's secrets: by a signature (Standard Webhooks), or, where the
 * shape allows it, with HTTP Basic (RFC 7617) or, for Rustici, in the fields of the form; undefined when it has not.
 */
export function trust(connection: OpenConnection, delivery: Delivery): Trusted | undefined {
  // A signature covers the body as it came; of a form we have the fields alone.
  const headers = delivery.form ? undefined : signatureHeaders(delivery.headers);
  if (headers && connection.secrets.some((secret) => isSigned(secret, delivery.body, headers)))
    return { signedId: headers['webhook-id'] };
  const shown = takesPassword(connection.shape) ? passwordIn(connection.shape, delivery) : undefined;
  const isRight =
    shown !== undefined &&
    isSame(shown.userName, connection.key) &&
    // Each is compared, so that the time tells nothing of which one it was.
    connection.secrets.map((secret) => isSame(shown.password, secret)).includes(true);
  return isRight ? { signedId: undefined } : undefined;
}

interface Password {
  userName: string;
  password: string;
}

function passwordIn(shape: ConnectionShape, { headers, form }: Delivery): Password | undefined {
  if (!form) return basicPassword(headers['authorization']);
  if (shape !== 'rustici') return undefined;
  const userName = form['userName'] ?? form['username'];
  const { password } = form;
  return typeof userName === 'string' && typeof password === 'string' ? { userName, password } : undefined;
}

function basicPassword(header: unknown): Password | undefined {
  const encoded = typeof header === 'string' ? /^Basic +([A-Za-z0-9+/]+=*) *$/i.exec(header)?.[1] : undefined;
  if (encoded === undefined) return undefined;
  const [userName, ...password] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  return password.length > 0 ? { userName: userName!, password: password.join(':') } : undefined;
}

/** Compares in a time that depends on neither text. */
function isSame(given: string, expected: string): boolean {
  return timingSafeEqual(digest(given), digest(expected));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
