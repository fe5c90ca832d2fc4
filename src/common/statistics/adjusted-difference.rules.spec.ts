import { coverage, type Draw } from '../../../test/support/simulation.js';
import { adjustedDifference, type ComparedUnit } from './adjusted-difference.rules.js';
import { rateDifference } from './rate-difference.rules.js';

const unit = (changes: Partial<ComparedUnit>): ComparedUnit => ({
  successes: 5,
  trials: 10,
  exposed: false,
  stratum: 'a',
  traits: {},
  ...changes,
});

describe('adjustedDifference', () => {
  // Simpson's paradox in the kidney stones of Charig et al. (1986) as in Julious & Mullee, BMJ 309 (1994) 1480: open surgery 81 of
  // 87 and 192 of 263, the other 234 of 270 and 55 of 80. Each count stands twice, so that no agent decides alone.
  it('compares like with like: kidney stones', () => {
    const rows = [
      [81, 87, true, 'small'],
      [192, 263, true, 'large'],
      [234, 270, false, 'small'],
      [55, 80, false, 'large'],
    ] as const;
    const units = rows.flatMap(([successes, trials, exposed, stratum]) =>
      [-1, 1].map((shift) => unit({ successes: successes + shift, trials, exposed, stratum })),
    );
    expect(rateDifference(units).difference!.value).toBeCloseTo(273 / 350 - 289 / 350, 12);
    // The Mantel–Haenszel risk difference of the four counts: with one trait, levels and weights both give it.
    const weight = [(87 * 270) / 357, (263 * 80) / 343] as const;
    const expected =
      (weight[0] * (81 / 87 - 234 / 270) + weight[1] * (192 / 263 - 55 / 80)) / (weight[0] + weight[1]);
    expect(adjustedDifference(units).difference!.value).toBeCloseTo(expected, 12);
    expect(expected).toBeGreaterThan(0);
  });

  it('leaves out who is alone, and counts who can be compared', () => {
    const found = adjustedDifference([
      unit({ successes: 6, exposed: true }),
      unit({ successes: 4 }),
      unit({ successes: 5 }),
      unit({ stratum: 'b', exposed: true }),
      unit({ stratum: 'c', successes: 7 }),
      unit({ stratum: 'c', successes: 6 }),
      unit({ stratum: 'd', trials: 0, successes: 0 }),
    ]);
    expect(found).toMatchObject({ alone: 1, comparable: 3, dropped: [] });
    expect(found.difference!.n).toBe(5);
    expect(found.difference!.value).toBeCloseTo(0.15, 12);
  });

  it('says what is dropped, and nothing of an exposure that traits tell already', () => {
    const rows = [1, 2, 3, 4, 5, 6].map((n) =>
      unit({
        successes: n === 4 ? 3 : n,
        exposed: n > 3,
        stratum: n % 2 ? 'a' : 'b',
        traits: { months: n, days: 30 * n, band: n % 2 ? 'odd' : 'even' },
      }),
    );
    const found = adjustedDifference(rows);
    expect(found.dropped).toEqual(['days', 'band=odd']);
    expect(found.difference).not.toBeNull();
    const confounded = rows.map((row) => ({ ...row, traits: { tenure: row.exposed ? 'long' : 'short' } }));
    expect(adjustedDifference(confounded)).toMatchObject({ difference: null, dropped: [] });
  });

  it('is nothing when everybody is alone, or nobody is there', () => {
    expect(adjustedDifference([])).toMatchObject({ difference: null, alone: 0 });
    const lonely = ['a', 'b', 'c'].map((stratum) => unit({ stratum, exposed: stratum === 'a' }));
    expect(adjustedDifference(lonely)).toMatchObject({ difference: null, alone: 3, comparable: 0 });
  });

  const BANDS = ['0–3', '4–12', '13–'];

  /** Agents who take part the more the longer they have been there, who also do better, in municipalities that differ. */
  const agents = (draw: Draw, n: number, municipalities: number, effect: number): ComparedUnit[] => {
    const levels = Array.from({ length: municipalities }, () => 0.05 * draw.normal());
    return Array.from({ length: n }, () => {
      const at = Math.floor(draw.uniform() ** 2 * municipalities);
      const band = Math.floor(3 * draw.uniform());
      const exposed = draw.uniform() < 0.55 + 0.15 * band + levels[at]!;
      const trials = draw.calls(40);
      const mean = 0.5 + 0.04 * band + levels[at]! + (exposed ? effect : 0);
      return {
        successes: draw.binomial(trials, draw.share(Math.min(0.95, Math.max(0.05, mean)), 0.03)),
        trials,
        exposed,
        stratum: `municipality ${at}`,
        traits: { tenure: BANDS[band]! },
      };
    });
  };

  it.each([
    ['a few hundred agents of forty municipalities', 250, 40, 0.05],
    ['few agents of few municipalities', 40, 4, 0.05],
    ['no effect', 120, 20, 0],
  ])('holds the truth in 95 of 100 cases: %s', (_, n, municipalities, effect) => {
    const share = coverage(
      24,
      effect,
      (draw) => adjustedDifference(agents(draw, n, municipalities, effect)).difference,
    );
    expect(Math.abs(share - 0.95)).toBeLessThanOrEqual(0.015);
  });

  it('is not misled by tenure, as the plain difference is', () => {
    const share = coverage(25, 0, (draw) => rateDifference(agents(draw, 250, 40, 0)).difference, 400);
    expect(share).toBeLessThan(0.9);
  });
});
