import fc from 'fast-check';
import { coverage } from '../../../test/support/simulation.js';
import { medianInterval } from './median.rules.js';

describe('medianInterval', () => {
  // Minitab's help for the 1-sample sign interval, chromium in steel: 12 samples, of which it prints the third, fourth, ninth and
  // tenth in order, 17.4, 17.5, 18.1 and 19; the interval is interpolated. The others are made up, they only have their place.
  it('agrees with Minitab', () => {
    const chromium = [17.2, 17.3, 17.4, 17.5, 17.6, 17.6, 17.8, 17.9, 18.1, 19, 19.5, 19.8];
    const { value, low, high } = medianInterval(chromium)!;
    expect(value).toBeCloseTo(17.7, 9);
    expect(low).toBeCloseTo(17.4263, 4);
    expect(high).toBeCloseTo(18.7632, 4);
  });

  it('is nothing below six values, which cannot hold the median so surely', () => {
    expect(medianInterval([1, 2, 3, 4, 5])).toBeNull();
    expect(medianInterval([1, 2, 3, 4, 5, 6])).not.toBeNull();
  });

  it('counts those who still wait', () => {
    const waiting = (ended: number, n: number) =>
      Array.from({ length: n }, (_, i) => (i < ended ? i + 1 : Infinity));
    expect(medianInterval(waiting(15, 20))).toEqual(medianInterval(waiting(20, 20)));
    expect(medianInterval(waiting(11, 20))!.value).toBe(10.5);
    expect(medianInterval(waiting(11, 20))!.high).toBe(Infinity);
    expect(medianInterval(waiting(9, 20))!.value).toBe(Infinity);
    expect(medianInterval(waiting(9, 20))!.low).toBeLessThanOrEqual(9);
    expect(medianInterval(waiting(0, 20))).toEqual({ value: Infinity, low: Infinity, high: Infinity });
  });

  it('holds the median, and turns over with the values', () => {
    const values = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 6, maxLength: 400 });
    fc.assert(
      fc.property(values, (drawn) => {
        const { value, low, high } = medianInterval(drawn)!;
        expect(low).toBeLessThanOrEqual(value);
        expect(high).toBeGreaterThanOrEqual(value);
        const turned = medianInterval(drawn.map((number) => -number))!;
        expect(turned.low).toBeCloseTo(-high, 9);
        expect(turned.high).toBeCloseTo(-low, 9);
      }),
    );
  });

  it.each([6, 7, 8, 20, 1_000, 100_000])('finds its ranks for %i values', (n) => {
    const { low, high } = medianInterval(Array.from({ length: n }, (_, i) => i + 1))!;
    expect(low + high).toBeCloseTo(n + 1, 6);
    const half = (high - low) / 2;
    expect(half).toBeGreaterThan(0.85 * Math.sqrt(n));
    expect(half).toBeLessThan(Math.sqrt(n) + 1);
  });

  // Days from registration to the first shift: skew, in some municipalities few.
  it.each([8, 15, 40, 250])('holds the truth in 95 of 100 cases: %i agents', (n) => {
    const share = coverage(20, 21, (draw) =>
      medianInterval(Array.from({ length: n }, () => 21 * Math.exp(0.6 * draw.normal()))),
    );
    expect(Math.abs(share - 0.95)).toBeLessThanOrEqual(0.015);
  });
});
