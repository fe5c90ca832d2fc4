import { figureChange, type FigureCounts } from './figure-change.rules.js';
import { repeatFaults } from './repeats.rules.js';

const before: FigureCounts = { answered: 100, resolved: 50, warmTransferred: 5, handlingSeconds: 300 };

describe('figureChange', () => {
  it.each([
    [undefined, { answered: 100, resolved: 50 }, 'new', false],
    [before, { answered: 100, resolved: 50 }, 'same', false],
    [before, { answered: 100, resolved: 50, warmTransferred: null }, 'same', false],
    [before, { answered: 100, resolved: 51 }, 'changed', true],
    [before, { answered: 101, resolved: 50 }, 'changed', true],
    [before, { answered: 100, resolved: 50, warmTransferred: 6 }, 'changed', true],
    [before, { answered: 100, resolved: 50, handlingSeconds: 301 }, 'changed', false],
  ] as const)('of %j told as %j is %s', (known, told, change, isCorrection) =>
    expect(figureChange(known, told)).toMatchObject({ change, isCorrection }),
  );

  it('keeps what the source leaves out', () =>
    expect(figureChange(before, { answered: 90, resolved: 40 }).after).toEqual({
      ...before,
      answered: 90,
      resolved: 40,
    }));
});

describe('repeatFaults', () => {
  const row = (rowNumber: number, agentId: number, resolved: number, month = '2026-08') => ({
    rowNumber,
    agentId,
    month,
    answered: 100,
    resolved,
  });
  const rows = (figures: Parameters<typeof repeatFaults>[0]) =>
    repeatFaults(figures).map((fault) => fault?.args?.['row']);

  it('finds nothing where each stands once for a month', () =>
    expect(rows([row(2, 1, 50), row(3, 2, 50), row(4, 1, 50, '2026-07'), undefined])).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]));
  it('takes the first of those who say the same', () =>
    expect(rows([row(2, 1, 50), row(3, 1, 50)])).toEqual([undefined, 2]));
  it('takes none of those who differ', () =>
    expect(rows([row(2, 1, 50), row(3, 1, 51), row(4, 1, 50)])).toEqual([3, 2, 2]));
});
