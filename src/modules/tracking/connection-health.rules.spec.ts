import fc from 'fast-check';
import { addDays } from '../../common/local-date.js';
import { isFailing, isSilent, refusedSinceAccepted, weekdaysAfter } from './connection-health.rules.js';

/** Monday. */
const MONDAY = '2026-11-02';
const days = (...offsets: number[]) => offsets.map((offset) => addDays(MONDAY, offset));

describe('isSilent', () => {
  it.each([
    ['never posted', [], 60, false],
    ['posted on two days only', [0, 1], 60, false],
    ['daily, then three quiet weekdays', [0, 1, 2], 6, false],
    ['daily, then four quiet weekdays, the weekend between', [0, 1, 2], 9, true],
    ['daily, then a day less', [0, 1, 2], 8, false],
    ['a weekend is no pause', [0, 1, 2, 3, 4, 7, 8], 14, false],
    ['nor makes the usual pause longer', [0, 1, 2, 3, 4, 7, 8], 15, true],
    ['weekly, after two weeks', [0, 7, 14], 28, false],
    ['weekly, after four', [0, 7, 14], 43, true],
    ['three days, but far apart', [0, 20, 40], 400, false],
    ['several times a day is one day', [0, 0, 0, 0], 60, false],
    ['posts at the weekend only', [5, 6, 12], 14, false],
    ['silent for long', [0, 1, 2], 400, true],
  ])('%s', (_, offsets, today, expected) => {
    expect(isSilent(days(...offsets), addDays(MONDAY, today))).toBe(expected);
  });

  const offsets = fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 40 });

  it('depends on no order and no repetition', () => {
    fc.assert(
      fc.property(offsets, fc.integer({ min: 0, max: 200 }), (posted, later) => {
        const today = addDays(MONDAY, 60 + later);
        const mixed = [...posted, ...posted].toReversed();
        expect(isSilent(days(...mixed), today)).toBe(isSilent(days(...posted), today));
      }),
    );
  });

  it('once silent stays so until something comes, and a message of today ends it', () => {
    fc.assert(
      fc.property(offsets, fc.integer({ min: 0, max: 200 }), (posted, later) => {
        const today = addDays(MONDAY, 60 + later);
        const wasSilent = isSilent(days(...posted), today);
        if (wasSilent) expect(isSilent(days(...posted), addDays(today, 1))).toBe(true);
        expect(isSilent([...days(...posted), today], today)).toBe(false);
      }),
    );
  });

  it('never speaks within three weekdays of the last message', () => {
    fc.assert(
      fc.property(offsets, fc.integer({ min: 0, max: 3 }), (posted, later) => {
        const last = days(...posted)
          .sort()
          .at(-1)!;
        expect(isSilent(days(...posted), addDays(last, later))).toBe(false);
      }),
    );
  });
});

describe('isFailing', () => {
  const now = new Date('2026-11-21T12:00:00Z');
  const ago = (hours: number) => new Date(now.getTime() - hours * 3_600_000);

  it.each([
    ['nothing refused', 0, null, null, false],
    ['four refused', 4, ago(1), null, false],
    ['five refused', 5, ago(1), null, true],
    ['five refused since the last message', 5, ago(1), ago(48), true],
    ['a message since', 5, ago(2), ago(1), false],
    ['the last a day ago', 50, ago(24), null, true],
    ['the last longer ago', 50, ago(24.1), null, false],
  ])('%s', (_, refusedCount, lastRefusedAt, lastAcceptedAt, expected) => {
    expect(isFailing({ refusedCount, lastRefusedAt, lastAcceptedAt }, now)).toBe(expected);
  });

  it('a message that was taken ends it, whatever was refused before', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(1000), fc.nat(1000), (refusedCount, refused, taken) => {
        const refusals = {
          refusedCount,
          lastRefusedAt: ago(refused + taken + 1),
          lastAcceptedAt: ago(taken),
        };
        expect(refusedSinceAccepted(refusals)).toBe(0);
        expect(isFailing(refusals, now)).toBe(false);
      }),
    );
  });
});

describe('weekdaysAfter', () => {
  it.each([
    [0, 0, 0],
    [0, 1, 1],
    [4, 7, 1],
    [4, 5, 0],
    [0, 7, 5],
    [5, 6, 0],
    [3, 1, 0],
  ])('from day %i to day %i: %i', (from, to, count) => {
    expect(weekdaysAfter(addDays(MONDAY, from), addDays(MONDAY, to))).toBe(count);
  });

  it('adds up', () => {
    const offset = fc.integer({ min: 0, max: 100 });
    fc.assert(
      fc.property(offset, offset, offset, (start, first, second) => {
        const [a, b, c] = days(start, start + first, start + first + second) as [string, string, string];
        expect(weekdaysAfter(a, c)).toBe(weekdaysAfter(a, b) + weekdaysAfter(b, c));
      }),
    );
  });
});
