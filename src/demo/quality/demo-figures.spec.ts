import { DEMO_ONBOARDING_EFFECT, demoFigures, type DemoCaller } from './demo-figures.js';
import { demoMonths } from './demo-months.js';

const caller = (n: number, changes: Partial<DemoCaller> = {}): DemoCaller => ({
  id: n,
  email: `agent.${n}@vagtklar.test`,
  attendedMonth: null,
  periods: [{ startOn: '2024-01-01', endOn: null }],
  ...changes,
});

describe('demoMonths', () => {
  it('are all that are over', () => {
    expect(demoMonths('full', '2026-11-20')).toHaveLength(23);
    expect(demoMonths('full', '2026-11-20').at(-1)).toBe('2026-10');
    expect(demoMonths('full', '2024-12-31')).toEqual([]);
  });

  it('leave the summer of 2026 open in the small demonstration', () => {
    const months = demoMonths('small', '2026-11-30');
    expect(months.slice(-3)).toEqual(['2026-04', '2026-09', '2026-10']);
    expect(months[0]).toBe('2024-12');
  });
});

describe('demoFigures', () => {
  const months = demoMonths('full', '2026-11-20');

  it('are the same every time, and never more resolved than answered', () => {
    const figures = demoFigures(caller(3), months);
    expect(demoFigures(caller(3), months)).toEqual(figures);
    expect(figures.length).toBeGreaterThan(18);
    for (const { answered, resolved, warmTransferred } of figures) {
      expect(answered).toBeGreaterThanOrEqual(12);
      expect(resolved + warmTransferred).toBeLessThanOrEqual(answered);
    }
  });

  it('are there only for whole months of employment', () => {
    const periods = [
      { startOn: '2025-02-10', endOn: '2025-06-30' },
      { startOn: '2025-07-01', endOn: '2025-09-15' },
    ];
    const all = Array.from({ length: 30 }, (_, n) => demoFigures(caller(n, { periods }), months)).flat();
    expect([...new Set(all.map(({ month }) => month))].sort()).toEqual([
      '2025-03',
      '2025-04',
      '2025-05',
      '2025-08',
    ]);
  });

  it('tell the story that is planned', () => {
    const planned = new Map([['2026-02', 0.4]]);
    const figure = demoFigures(caller(5), months, planned).find(({ month }) => month === '2026-02')!;
    expect(figure.resolved / figure.answered).toBeCloseTo(0.4, 1);
  });

  it('are better by the effect of an onboarding day', () => {
    const rateOf = (attendedMonth: string | null) => {
      const all = Array.from({ length: 200 }, (_, n) =>
        demoFigures(caller(n, { attendedMonth }), months),
      ).flat();
      return sum(all.map(({ resolved }) => resolved)) / sum(all.map(({ answered }) => answered));
    };
    expect(rateOf('2024-06') - rateOf(null)).toBeCloseTo(DEMO_ONBOARDING_EFFECT, 2);
  });
});

const sum = (numbers: number[]) => numbers.reduce((total, one) => total + one, 0);
