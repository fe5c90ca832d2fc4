import fc from 'fast-check';
import {
  checkInCode,
  checkInKey,
  checkInState,
  checkInTicket,
  CODE_WINDOW_MS,
  isCheckInCode,
  isCheckInTicket,
  TICKET_MS,
} from './check-in.rules.js';

const key = checkInKey('a secret of thirty-two characters');
/** The beginning of a window. */
const now = new Date('2026-12-09T08:00:00.000Z');
const later = (ms: number) => new Date(now.getTime() + ms);

describe('the code on the wall', () => {
  it.each([
    ['at once', 0, true],
    ['at the end of its window', CODE_WINDOW_MS - 1, true],
    ['throughout the next window', 2 * CODE_WINDOW_MS - 1, true],
    ['not in the one after that', 2 * CODE_WINDOW_MS, false],
    ['not an hour later', 3_600_000, false],
    ['not before its time', -1, false],
  ])('is good %s', (_, ms, isGood) => {
    expect(isCheckInCode(key, 7, checkInCode(key, 7, now), later(ms))).toBe(isGood);
  });

  it('changes with every window, and only then', () => {
    expect(checkInCode(key, 7, later(CODE_WINDOW_MS - 1))).toBe(checkInCode(key, 7, now));
    expect(checkInCode(key, 7, later(CODE_WINDOW_MS))).not.toBe(checkInCode(key, 7, now));
  });

  it('is the day’s own, and that of our secret', () => {
    const code = checkInCode(key, 7, now);
    expect(isCheckInCode(key, 8, code, now)).toBe(false);
    expect(isCheckInCode(checkInKey('another secret'), 7, code, now)).toBe(false);
  });

  it('is not opened by anything else', () => {
    const code = checkInCode(key, 7, now);
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9a-f]{12}$/)), (guess) => {
        fc.pre(guess !== code);
        expect(isCheckInCode(key, 7, guess, now)).toBe(false);
      }),
    );
    expect(isCheckInCode(key, 7, `${code}0`, now)).toBe(false);
    expect(isCheckInCode(key, 7, code.slice(1), now)).toBe(false);
  });

  it('is short enough to be typed', () => {
    expect(checkInCode(key, 7, now)).toMatch(/^[0-9a-f]{12}$/);
  });
});

describe('the ticket of whoever has scanned', () => {
  const ticket = checkInTicket(key, 7, 30, now);

  it.each([
    ['the person, in time', 7, 30, TICKET_MS, true],
    ['the person, too late', 7, 30, TICKET_MS + 1, false],
    ['another person', 7, 31, 0, false],
    ['another day', 8, 30, 0, false],
  ])('of %s', (_, dayId, personId, ms, isGood) => {
    expect(isCheckInTicket(key, dayId, personId, ticket, later(ms))).toBe(isGood);
  });

  it('cannot be given more time', () => {
    const [, mac] = ticket.split('.');
    const longer = (now.getTime() + 2 * TICKET_MS).toString(36);
    expect(isCheckInTicket(key, 7, 30, `${longer}.${mac}`, now)).toBe(false);
  });

  it.each(['', '.', 'x', `${'z'.repeat(11)}.`, `1.${'a'.repeat(43)}`])('is not %j', (text) => {
    expect(isCheckInTicket(key, 7, 30, text, now)).toBe(false);
  });
});

describe('checkInState', () => {
  const day = {
    startsAt: '2026-12-09T08:00:00.000Z',
    endsAt: '2026-12-09T14:30:00.000Z',
    isCancelled: false,
  };

  it.each([
    ['2026-12-08T12:00:00.000Z', 'early'],
    ['2026-12-09T06:59:59.999Z', 'early'],
    ['2026-12-09T07:00:00.000Z', 'open'],
    ['2026-12-09T14:30:00.000Z', 'open'],
    ['2026-12-09T14:30:00.001Z', 'over'],
  ])('at %s: %s', (instant, state) => {
    expect(checkInState(day, new Date(instant))).toBe(state);
  });

  it('is never open on a cancelled day', () => {
    expect(checkInState({ ...day, isCancelled: true }, new Date(day.startsAt))).toBe('cancelled');
  });
});
