import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

/** How long a code stands on the wall before the next one, in milliseconds. */
export const CODE_WINDOW_MS = 30_000;
/** How long whoever has scanned a code may take to press the button, in milliseconds. */
export const TICKET_MS = 600_000;
/** How long before the start people may check in, in milliseconds. */
const DOORS_MS = 3_600_000;
/** 48 bits: short enough to be typed by whoever cannot scan, far too many to be tried within two windows. */
const CODE_LENGTH = 12;
const TICKET = /^([0-9a-z]{1,11})\.([\w-]{43})$/;

/** When a day is. */
export interface CheckInDay {
  startsAt: string;
  endsAt: string;
  isCancelled: boolean;
}

/** Whether people check in on a day now: from an hour before it begins until it ends. */
export function checkInState(day: CheckInDay, now: Date): 'cancelled' | 'early' | 'open' | 'over' {
  if (day.isCancelled) return 'cancelled';
  if (now.getTime() < opensAt(day).getTime()) return 'early';
  return now.getTime() <= Date.parse(day.endsAt) ? 'open' : 'over';
}

/** From when on people may check in. */
export function opensAt(day: Pick<CheckInDay, 'startsAt'>): Date {
  return new Date(Date.parse(day.startsAt) - DOORS_MS);
}

/** The key of codes and tickets, derived from the application secret (HKDF, RFC 5869) so that no other use shares it. */
export function checkInKey(appSecret: string): Buffer {
  return Buffer.from(hkdfSync('sha256', appSecret, 'vagtklar', 'check-in', 32));
}

/** The code of a day at an instant: an HMAC over day and window, so that every server of ours shows and takes the same one. */
export function checkInCode(key: Buffer, dayId: number, now: Date): string {
  return codeOf(key, dayId, windowOf(now));
}

/** Whether the code is the day's present one or the one before, which may have been scanned just before it changed. */
export function isCheckInCode(key: Buffer, dayId: number, code: string, now: Date): boolean {
  const window = windowOf(now);
  const [present, previous] = [window, window - 1].map((one) => isSame(codeOf(key, dayId, one), code));
  return present! || previous!;
}

/** Lets a person who has shown a right code check in for a while, however often the code changes meanwhile. */
export function checkInTicket(key: Buffer, dayId: number, personId: number, now: Date): string {
  const until = now.getTime() + TICKET_MS;
  return `${until.toString(36)}.${macOf(key, 'ticket', dayId, personId, until).toString('base64url')}`;
}

/** Whether the ticket is ours, for this day and person, and not too old. */
export function isCheckInTicket(
  key: Buffer,
  dayId: number,
  personId: number,
  ticket: string,
  now: Date,
): boolean {
  const [, digits, mac] = TICKET.exec(ticket) ?? [];
  if (digits === undefined || mac === undefined) return false;
  const until = parseInt(digits, 36);
  const expected = macOf(key, 'ticket', dayId, personId, until).toString('base64url');
  return isSame(expected, mac) && now.getTime() <= until;
}

function windowOf(now: Date): number {
  return Math.floor(now.getTime() / CODE_WINDOW_MS);
}

function codeOf(key: Buffer, dayId: number, window: number): string {
  return macOf(key, 'code', dayId, window).toString('hex').slice(0, CODE_LENGTH);
}

function macOf(key: Buffer, ...parts: (string | number)[]): Buffer {
  return createHmac('sha256', key).update(JSON.stringify(parts)).digest();
}

/** Takes the same time wherever the two differ. */
function isSame(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}
