import { Draw } from '../../../test/support/simulation.js';
import { fitRates } from './rate-fit.rules.js';

const constant = (n: number) => ({ name: 'rate', values: Array.from({ length: n }, () => 1) });
const noGroups = (n: number) => Array.from({ length: n }, () => 0);

describe('fitRates', () => {
  it.each([0, 0.03, 0.15])('finds on the whole how alike the calls of one agent are: %f', (alike) => {
    const draw = new Draw(28);
    const found = Array.from({ length: 200 }, () => {
      const units = Array.from({ length: 100 }, (_, i) => {
        const trials = draw.calls(40);
        const mean = i % 2 ? 0.6 : 0.5;
        return { trials, successes: draw.binomial(trials, alike === 0 ? mean : draw.share(mean, alike)) };
      });
      return fitRates(units, noGroups(100), [{ name: 'odd', values: units.map((_, i) => i % 2) }]).alike;
    });
    const mean = found.reduce((sum, number) => sum + number, 0) / found.length;
    // Nothing below 0 is given, which lifts the mean a little where there is nothing.
    expect(Math.abs(mean - alike)).toBeLessThan(0.004);
  });

  it('counts calls where they are not alike, and agents where they are fully alike', () => {
    const even = [
      { successes: 5, trials: 10 },
      { successes: 50, trials: 100 },
      { successes: 6, trials: 10 },
    ];
    const { fit, alike } = fitRates(even, noGroups(3), []);
    expect(alike).toBe(0);
    expect(fit.leverage[1]).toBeCloseTo(100 / 120, 12);
    const apart = fitRates(
      [
        { successes: 0, trials: 10 },
        { successes: 100, trials: 100 },
        { successes: 0, trials: 100 },
        { successes: 10, trials: 10 },
      ],
      noGroups(4),
      [],
    );
    expect(apart.alike).toBeCloseTo(1, 9);
    expect(apart.fit.leverage[1]).toBeCloseTo(0.25, 9);
  });

  it('does not stumble over agents with one call each, or who all do the same', () => {
    const single = [0, 1, 1, 0].map((successes) => ({ successes, trials: 1 }));
    expect(fitRates(single, noGroups(4), [constant(4)]).alike).toBe(0);
    const same = [3, 4, 5].map((trials) => ({ successes: trials, trials }));
    expect(fitRates(same, noGroups(3), []).alike).toBe(0);
  });
});
