import fc from 'fast-check';
import { STEERING_GROUP_POLICY } from '../streak.rules.js';
import { percentOf, policyFaults, thresholdOf } from './policy.rules.js';

describe('policyFaults', () => {
  it.each([
    ['as the steering group decided it', {}, []],
    ['watched as late as told', { watchMonths: 3 }, ['watchMonths']],
    ['watched later than told', { watchMonths: 4 }, ['watchMonths']],
    ['told at once, watched never', { months: 1, watchMonths: 1 }, ['watchMonths']],
    ['everything below', { threshold: { numerator: 1, denominator: 1 } }, ['threshold']],
  ])('%s', (_, changes, fields) => {
    expect(policyFaults({ ...STEERING_GROUP_POLICY, ...changes }).map(({ field }) => field)).toEqual(fields);
  });
});

describe('a threshold', () => {
  it.each([
    [50, { numerator: 1, denominator: 2 }],
    [47.5, { numerator: 19, denominator: 40 }],
    [33.3, { numerator: 333, denominator: 1000 }],
  ])('of %d %% is a fraction of whole numbers', (percent, fraction) => {
    expect(thresholdOf(percent)).toEqual(fraction);
  });

  it('is the same percentage again', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999 }), (tenths) => {
        expect(percentOf(thresholdOf(tenths / 10))).toBeCloseTo(tenths / 10, 9);
      }),
    );
  });
});
