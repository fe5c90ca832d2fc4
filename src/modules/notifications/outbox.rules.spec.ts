import fc from 'fast-check';
import { DateTime } from 'luxon';
import { afterFailure, nextOfficeInstant } from './outbox.rules.js';

const ZONE = 'Europe/Copenhagen';
const now = new Date('2026-11-20T12:00:00Z');

describe('afterFailure', () => {
  it.each([
    [550, 'failed'],
    [554, 'failed'],
    [451, 'retrying'],
    [421, 'retrying'],
    [undefined, 'retrying'],
  ])('SMTP %s makes the mail %s', (responseCode, state) => {
    expect(afterFailure({ responseCode, message: '' }, 1, now, now, 0.5).state).toBe(state);
  });

  it('gives up after three days', () => {
    const old = new Date(now.getTime() - 73 * 3_600_000);
    expect(afterFailure({ responseCode: 451, message: '' }, 9, old, now, 0).state).toBe('failed');
  });

  it('waits between 15 seconds and an hour', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 500 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (attempts, jitter) => {
          const outcome = afterFailure({ responseCode: undefined, message: '' }, attempts, now, now, jitter);
          if (outcome.state !== 'retrying') throw new Error('must be tried again');
          const pause = outcome.nextAttemptAt.getTime() - now.getTime();
          expect(pause).toBeGreaterThanOrEqual(15_000);
          expect(pause).toBeLessThanOrEqual(3_600_000);
        },
      ),
    );
  });
});

describe('nextOfficeInstant', () => {
  it.each([
    ['Friday noon stays', '2026-11-20T11:00:00Z', '2026-11-20T11:00:00.000Z'],
    ['Friday 16.00 goes to Monday 8.00', '2026-11-20T15:00:00Z', '2026-11-23T07:00:00.000Z'],
    ['Saturday goes to Monday', '2026-11-21T11:00:00Z', '2026-11-23T07:00:00.000Z'],
    ['early Monday goes to 8.00', '2026-11-23T03:00:00Z', '2026-11-23T07:00:00.000Z'],
    ['across the change to summer time', '2026-03-28T12:00:00Z', '2026-03-30T06:00:00.000Z'],
  ])('%s', (_, from, expected) => {
    expect(nextOfficeInstant(new Date(from), ZONE).toISOString()).toBe(expected);
  });

  it('is never earlier, and always a weekday between 8 and 16', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true }),
        (from) => {
          const due = nextOfficeInstant(from, ZONE);
          const local = DateTime.fromJSDate(due, { zone: ZONE });
          expect(due.getTime()).toBeGreaterThanOrEqual(from.getTime());
          expect(local.weekday).toBeLessThanOrEqual(5);
          expect(local.hour).toBeGreaterThanOrEqual(8);
          expect(local.hour).toBeLessThan(16);
        },
      ),
    );
  });
});
