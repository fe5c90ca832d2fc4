import fc from 'fast-check';
import { addDays } from '../../common/local-date.js';
import { overlap, type Period } from './municipalities.rules.js';

const day = fc.integer({ min: 0, max: 60 }).map((n) => addDays('2026-01-01', n));
const period: fc.Arbitrary<Period> = fc
  .tuple(day, fc.option(fc.integer({ min: 0, max: 20 })))
  .map(([fromOn, length]) => ({ fromOn, toOn: length === null ? null : addDays(fromOn, length) }));

const covers = (period: Period, on: string) =>
  period.fromOn <= on && (period.toOn === null || on <= period.toOn);

describe('membership periods', () => {
  it('two periods overlap exactly when some day lies in both', () => {
    fc.assert(
      fc.property(period, period, (a, b) => {
        const days = Array.from({ length: 120 }, (_, n) => addDays('2026-01-01', n));
        expect(overlap(a, b)).toBe(days.some((on) => covers(a, on) && covers(b, on)));
      }),
    );
  });
});
