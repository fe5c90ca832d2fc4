import { hash, verify, type Algorithm } from '@node-rs/argon2';

/** argon2id with the first recommended setting of the OWASP Password Storage Cheat Sheet. */
const SETTING = { algorithm: 2 as Algorithm.Argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Fewest characters of a password (NIST SP 800-63B-4 asks for 15 without a second factor, 8 at the very least). */
export const PASSWORD_MIN = 12;

let decoy: Promise<string> | undefined;

/** The hash that is stored. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), SETTING);
}

/** Compares, taking the same time when there is no account or no password, so that the time tells nothing. */
export async function passwordMatches(stored: string | null | undefined, password: string): Promise<boolean> {
  decoy ??= hashPassword('nobody has this password');
  const matches = await verify(stored ?? (await decoy), password.normalize('NFKC'));
  return matches && Boolean(stored);
}
