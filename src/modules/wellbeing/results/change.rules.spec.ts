import { changeBetween, meanInterval, tQuantile } from './change.rules.js';

describe('tQuantile', () => {
  // Percentage points of Student's t, two-sided 5 % (NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2).
  it.each([
    [4, 2.776],
    [5, 2.571],
    [9, 2.262],
    [10, 2.228],
    [20, 2.086],
    [30, 2.042],
    [100, 1.984],
  ])('of %d degrees of freedom is %d', (freedom, expected) => {
    expect(Math.abs(tQuantile(freedom) - expected)).toBeLessThan(0.001);
  });
});

describe('meanInterval', () => {
  it('is the interval of a mean', () => {
    // NIST/SEMATECH e-Handbook 1.3.5.2, ZARR13: n 195, mean 9.261460, standard deviation 0.022789: 9.258242 to 9.264679.
    const interval = meanInterval({ answers: 195, mean: 9.26146, deviation: 0.022789 }, tQuantile)!;
    expect(interval.low).toBeCloseTo(9.258242, 5);
    expect(interval.high).toBeCloseTo(9.264679, 5);
  });

  it('stays within the scale, and is not known without a spread', () => {
    expect(meanInterval({ answers: 5, mean: 99, deviation: 10 }, tQuantile)!.high).toBe(100);
    expect(meanInterval({ answers: 5, mean: 99, deviation: null }, tQuantile)).toBeNull();
  });
});

describe('changeBetween', () => {
  const before = { answers: 40, mean: 60, deviation: 15 };

  it.each([
    [75, false, 'better'],
    [45, false, 'worse'],
    [62, false, 'no_certain_difference'],
    [75, true, 'higher'],
    [45, true, 'lower'],
  ])('a mean of %d after 60 (neutral: %s) is %s', (mean, isNeutral, word) => {
    const change = changeBetween(before, { answers: 50, mean, deviation: 14 }, isNeutral, tQuantile);
    expect(change).toMatchObject({ difference: mean - 60, word, isSpreadAssumed: false });
    expect(change.low!).toBeLessThan(change.difference);
    expect(change.high!).toBeGreaterThan(change.difference);
  });

  it('takes the spread of one wave for that of the other when it is not known, and says so', () => {
    const change = changeBetween(
      { ...before, deviation: null },
      { answers: 50, mean: 75, deviation: 14 },
      false,
      tQuantile,
    );
    expect(change).toMatchObject({ word: 'better', isSpreadAssumed: true });
  });

  it('says nothing when no spread is known', () => {
    const change = changeBetween(
      { ...before, deviation: null },
      { answers: 50, mean: 75, deviation: null },
      false,
      tQuantile,
    );
    expect(change).toEqual({ difference: 15, word: 'unknown', isSpreadAssumed: false });
  });

  it('is Welch’s interval', () => {
    // Means 20.8 and 23.0, variances 4.2 and 8.6 of 6 and 8 (by hand): se 1.3332, freedom 11.98.
    const change = changeBetween(
      { answers: 6, mean: 20.8, deviation: Math.sqrt(4.2) },
      { answers: 8, mean: 23, deviation: Math.sqrt(8.6) },
      false,
      tQuantile,
    );
    const error = Math.sqrt(4.2 / 6 + 8.6 / 8);
    const freedom = (4.2 / 6 + 8.6 / 8) ** 2 / ((4.2 / 6) ** 2 / 5 + (8.6 / 8) ** 2 / 7);
    expect(change.high! - change.low!).toBeCloseTo(2 * tQuantile(freedom) * error, 10);
    expect(change.word).toBe('no_certain_difference');
  });
});
