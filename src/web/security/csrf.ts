import { timingSafeEqual } from 'node:crypto';
import { fingerprint } from '../../common/crypto.js';

/**
 * The token of every form: an HMAC over what the cookie says (OWASP "signed double-submit cookie"), so that a page of
 * another site, which cannot read the cookie, cannot make one.
 */
export function csrfToken(secret: string, binding: string): string {
  return fingerprint(secret, 'csrf', binding);
}

/** Tells whether a form's token belongs to the cookie it came with. */
export function isCsrfToken(secret: string, binding: string, token: unknown): boolean {
  if (typeof token !== 'string') return false;
  const expected = Buffer.from(csrfToken(secret, binding));
  const given = Buffer.from(token);
  return expected.length === given.length && timingSafeEqual(expected, given);
}
