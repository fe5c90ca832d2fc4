import fc from 'fast-check';
import { rated, sumOfCalls } from './rate.rules.js';

const figure = fc
  .record({
    answered: fc.nat(500),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    warm: fc.option(fc.nat(50)),
  })
  .map(({ answered, share, warm }) => ({
    answered,
    resolved: Math.floor(answered * share),
    warmTransferred: warm,
  }));

describe('rated', () => {
  it.each([
    [{ answered: 0, resolved: 0, warmTransferred: null }, null, null, true],
    [{ answered: 29, resolved: 14, warmTransferred: null }, 14 / 29, null, true],
    [{ answered: 30, resolved: 14, warmTransferred: 0 }, 14 / 30, 14 / 30, false],
    [{ answered: 100, resolved: 48, warmTransferred: 7 }, 0.48, 0.55, false],
    // Never more than were answered, whatever the source says.
    [{ answered: 10, resolved: 8, warmTransferred: 7 }, 0.8, 1, true],
  ])('of %j', (calls, rate, withWarm, isFew) => {
    const given = rated(calls);
    expect([given.rate?.rate ?? null, given.rateWithWarm?.rate ?? null, given.isFew]).toEqual([
      rate,
      withWarm,
      isFew,
    ]);
  });

  it('has both rates within their intervals, and the one with warm transfers is never the lower', () => {
    fc.assert(
      fc.property(figure, (calls) => {
        const { rate, rateWithWarm } = rated(calls);
        for (const one of [rate, rateWithWarm])
          if (one) expect(one.low <= one.rate && one.rate <= one.high).toBe(true);
        if (rate && rateWithWarm) expect(rateWithWarm.rate).toBeGreaterThanOrEqual(rate.rate);
      }),
    );
  });
});

describe('sumOfCalls', () => {
  it.each([
    [[], { answered: 0, resolved: 0, warmTransferred: null }],
    [
      [{ answered: 3, resolved: 1, warmTransferred: null }],
      { answered: 3, resolved: 1, warmTransferred: null },
    ],
    [
      [
        { answered: 3, resolved: 1, warmTransferred: null },
        { answered: 4, resolved: 2, warmTransferred: 1 },
      ],
      { answered: 7, resolved: 3, warmTransferred: 1 },
    ],
  ])('of %j', (all, expected) => {
    expect(sumOfCalls(all)).toEqual(expected);
  });
});
