import { changeBetween, meanInterval } from './change.rules.js';

describe('meanInterval', () => {
  it('is the interval of a mean', () => {
    // NIST/SEMATECH e-Handbook 1.3.5.2, ZARR13: n 195, mean 9.261460, standard deviation 0.022789: 9.258242 to 9.264679.
    const interval = meanInterval({ answers: 195, mean: 9.26146, deviation: 0.022789 })!;
    expect(interval.low).toBeCloseTo(9.258242, 5);
    expect(interval.high).toBeCloseTo(9.264679, 5);
  });

  it('stays within the scale, and is not known without a spread', () => {
    expect(meanInterval({ answers: 5, mean: 99, deviation: 10 })!.high).toBe(100);
    expect(meanInterval({ answers: 5, mean: 99, deviation: null })).toBeNull();
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
    const change = changeBetween(before, { answers: 50, mean, deviation: 14 }, isNeutral);
    expect(change).toMatchObject({ difference: mean - 60, word, isSpreadAssumed: false });
    expect(change.low!).toBeLessThan(change.difference);
    expect(change.high!).toBeGreaterThan(change.difference);
  });

  it.each([
    [75, 'no_certain_difference'],
    [90, 'better'],
  ])(
    'of a baseline whose spread was not kept is judged by the widest it can have had: %d is %s',
    (mean, word) => {
      const change = changeBetween(
        { ...before, deviation: null },
        { answers: 50, mean, deviation: 14 },
        false,
      );
      expect(change).toMatchObject({ word, isSpreadAssumed: true });
    },
  );

  it('says nothing of a single answer', () => {
    const change = changeBetween({ ...before, answers: 1 }, { answers: 50, mean: 75, deviation: 14 }, false);
    expect(change).toEqual({ difference: 15, word: 'unknown', isSpreadAssumed: false });
  });
});
