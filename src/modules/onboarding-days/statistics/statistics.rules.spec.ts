import fc from 'fast-check';
import { daysNeeded, daysWaited, FEW, medianSeats, sumOf, withMark } from './statistics.rules.js';

describe('medianSeats', () => {
  it.each([
    [[], null],
    [[24], 24],
    [[30, 10], 20],
    [[10, 40, 20], 20],
    [[25, 10, 30, 20], 22.5],
  ])('of %j is %s', (seats, expected) => {
    expect(medianSeats(seats)).toBe(expected);
  });
});

describe('daysNeeded', () => {
  it.each([
    ['a day that is filled exactly', { registered: 20, missing: 4, seats: [24] }, 1],
    ['one too many takes another day', { registered: 20, missing: 5, seats: [24] }, 2],
    ['nobody takes none', { registered: 0, missing: 0, seats: [24, 24] }, 0],
    ['the median, not the mean', { registered: 48, missing: 0, seats: [24, 24, 24, 200] }, 2],
    ['a half seat in the median', { registered: 45, missing: 1, seats: [22, 23] }, 3],
    ['no held day: not to be calculated', { registered: 48, missing: 3, seats: [] }, null],
  ])('%s', (_, pace, expected) => {
    expect(daysNeeded(pace)).toBe(expected);
  });

  it('has a seat for everybody, and with one day less it would not', () => {
    const seats = fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.nat(5000), fc.nat(5000), seats, (registered, missing, given) => {
        const needed = daysNeeded({ registered, missing, seats: given })!;
        const each = medianSeats(given)!;
        expect(needed * each).toBeGreaterThanOrEqual(registered + missing);
        if (needed > 0) expect((needed - 1) * each).toBeLessThan(registered + missing);
      }),
    );
  });
});

describe('withMark', () => {
  it.each([
    [0, true],
    [FEW - 1, true],
    [FEW, false],
  ])('%i expected: few is %s', (expected, isFew) => {
    expect(withMark({ noShow: 0, expected })).toEqual({ noShow: 0, expected, isFew });
  });
});

describe('sumOf', () => {
  it('adds numerators and denominators, never shares', () => {
    const all = [
      { noShow: 1, expected: 2 },
      { noShow: 0, expected: 18 },
    ];
    expect(sumOf(all)).toEqual({ noShow: 1, expected: 20 });
    expect(sumOf([])).toEqual({ noShow: 0, expected: 0 });
  });
});

describe('daysWaited', () => {
  it.each([
    ['2026-11-01', '2026-11-22', 21],
    ['2026-10-24', '2026-10-26', 2],
    ['2026-11-22', '2026-11-22', 0],
    ['2026-11-23', '2026-11-22', 0],
  ])('from %s to %s: %i', (since, today, expected) => {
    expect(daysWaited(since, today)).toBe(expected);
  });
});
