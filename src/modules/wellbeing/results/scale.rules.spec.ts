import fc from 'fast-check';
import { distanceInPoints, fromPoints, summaryOf, toPoints, type Scale } from './scale.rules.js';

describe('toPoints', () => {
  it.each<[number, Scale, number]>([
    [1, { min: 1, max: 5, direction: 'higher' }, 0],
    [4, { min: 1, max: 5, direction: 'higher' }, 75],
    [4, { min: 1, max: 5, direction: 'lower' }, 25],
    [1, { min: 0, max: 1, direction: 'neutral' }, 100],
    [7.2, { min: 0, max: 10, direction: 'higher' }, 72],
  ])('%d on %j is %d', (value, scale, points) => {
    expect(toPoints(value, scale)).toBeCloseTo(points, 12);
  });

  it('is undone by fromPoints', () => {
    const scale = fc.record({
      min: fc.integer({ min: 0, max: 4 }),
      max: fc.integer({ min: 5, max: 10 }),
      direction: fc.constantFrom('higher' as const, 'lower' as const, 'neutral' as const),
    });
    fc.assert(
      fc.property(scale, fc.integer({ min: 0, max: 100 }), (one, points) => {
        expect(toPoints(fromPoints(points, one), one)).toBeCloseTo(points, 9);
      }),
    );
  });
});

describe('summaryOf', () => {
  it('gives number, mean and standard deviation of the sample', () => {
    // NIST/SEMATECH StRD, univariate, NumAcc1: 10000001, 10000003, 10000002; mean 10000002, standard deviation 1.
    expect(summaryOf([10_000_001, 10_000_003, 10_000_002])).toEqual({
      answers: 3,
      mean: 10_000_002,
      deviation: 1,
    });
  });

  it('knows no spread of one, and nothing of none', () => {
    expect(summaryOf([40])).toEqual({ answers: 1, mean: 40, deviation: null });
    expect(summaryOf([])).toBeNull();
  });
});

describe('distanceInPoints', () => {
  it('stretches a spread like the scale', () => {
    expect(distanceInPoints(0.8, { min: 1, max: 5, direction: 'lower' })).toBeCloseTo(20, 12);
  });
});
