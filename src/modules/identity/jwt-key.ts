import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';

/** Injection token of the key that signs JWTs. */
export const JWT_KEY = Symbol('JWT_KEY');

/** How our JWTs are signed. */
export const JWT_OPTIONS = { algorithm: 'HS256', issuer: 'vagtklar' } as const;

/**
 * The signing key, derived from the application secret (HKDF, RFC 5869) so that no other use shares it. A key object, because
 * jsonwebtoken first tries to read a text as a public key, which takes a millisecond a request.
 */
export function jwtKey(appSecret: string): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', appSecret, 'vagtklar', 'jwt', 32)));
}
