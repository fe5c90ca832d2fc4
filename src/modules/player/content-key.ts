import { timingSafeEqual } from 'node:crypto';
import { fingerprint } from '../../common/crypto.js';

const WEEK_MS = 7 * 24 * 3_600_000;
const KEY = /^([0-9a-f]{64})-(\d{1,6})-([0-9a-f]{64})$/;

/**
 * The part of an address that opens the files of a package: its checksum, the number of a week and an HMAC over both. It is the same for
 * a week, so that a browser fetches a package once and not at each launch, and is good for the week after it too.
 */
export function contentKey(secret: string, checksum: string, now: Date): string {
  const week = Math.floor(now.getTime() / WEEK_MS);
  return `${checksum}-${week}-${macOf(secret, checksum, week)}`;
}

/** The checksum of the package a key opens now; undefined for a key that is not ours or too old. */
export function openContentKey(secret: string, key: string, now: Date): string | undefined {
  const parts = KEY.exec(key);
  if (!parts) return undefined;
  const [, checksum, digits, mac] = parts as unknown as [string, string, string, string];
  const week = Number(digits);
  const age = Math.floor(now.getTime() / WEEK_MS) - week;
  const expected = Buffer.from(macOf(secret, checksum, week));
  return (age === 0 || age === 1) && timingSafeEqual(expected, Buffer.from(mac)) ? checksum : undefined;
}

function macOf(secret: string, checksum: string, week: number): string {
  return fingerprint(secret, 'package-files', checksum, String(week));
}
