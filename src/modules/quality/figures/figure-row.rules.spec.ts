import fc from 'fast-check';
import { isTotal, readFigureRow } from './figure-row.rules.js';

const cells = (changes: Record<string, string>) => ({
  agentId: '4711',
  month: 'august 2026',
  answered: '120',
  resolved: '66',
  ...changes,
});
const codes = (changes: Record<string, string>, options: Record<string, string> = {}) => {
  const row = readFigureRow(cells(changes), options);
  return Array.isArray(row) ? row.map(({ field, code }) => `${field} ${code}`) : [];
};

describe('readFigureRow', () => {
  it('reads a row of a Danish spreadsheet', () =>
    expect(
      readFigureRow(
        cells({ answered: '1.234', resolved: '617', warmTransferred: '12,0', handling: '00:05:12' }),
        {},
      ),
    ).toEqual({
      naming: { agentId: '4711', phoneSystemId: '', email: '', name: '' },
      month: '2026-08',
      answered: 1234,
      resolved: 617,
      warmTransferred: 12,
      handlingSeconds: 312,
      isFromShare: false,
    }));

  it.each([
    [{}, { resolved: 66, warmTransferred: undefined, isFromShare: false }],
    [
      { resolved: '', share: '45,6 %' },
      { resolved: 55, isFromShare: true },
    ],
    [
      { resolved: '', share: '0,456' },
      { resolved: 55, isFromShare: true },
    ],
    [
      { resolved: '60', share: '45,6 %' },
      { resolved: 60, isFromShare: false },
    ],
    [
      { answered: '0', resolved: '', share: '0 %' },
      { answered: 0, resolved: 0 },
    ],
    [{ agentId: '', agent: 'anna@x.dk' }, { naming: { email: 'anna@x.dk', name: '' } }],
  ])('%j', (changes, expected) => expect(readFigureRow(cells(changes as never), {})).toMatchObject(expected));

  it('takes the month and the unit of shares from what was chosen', () =>
    expect(
      readFigureRow(cells({ month: '', resolved: '', share: '0,8' }), {
        forMonth: '2026-07',
        shareUnit: 'hundred',
      }),
    ).toMatchObject({ month: '2026-07', resolved: 1 }));

  it.each([
    [{ agentId: '' }, ['agent required']],
    [{ month: '' }, ['month required']],
    [{ month: 'uge 32' }, ['month figures_month_unreadable']],
    [{ answered: '' }, ['answered figures_count_needed']],
    [{ answered: '', resolved: '', share: '45 %' }, ['answered figures_count_needed']],
    [{ answered: '12,5' }, ['answered figures_number_unreadable']],
    [{ answered: '12000' }, ['answered too_big']],
    [{ resolved: '-1' }, ['resolved too_small']],
    [{ resolved: '121' }, ['resolved figures_above_answered']],
    [{ warmTransferred: '121' }, ['warmTransferred figures_above_answered']],
    [{ resolved: '' }, ['resolved required']],
    [{ resolved: '', share: '145 %' }, ['share figures_share_unreadable']],
    [{ resolved: '', share: 'høj' }, ['share figures_share_unreadable']],
    [{ handling: '99:99:99' }, ['handling figures_number_unreadable']],
    [{ month: 'x', answered: 'y' }, ['month figures_month_unreadable', 'answered figures_number_unreadable']],
  ])('refuses %j: %j', (changes, expected) => expect(codes(changes as never)).toEqual(expected));

  it('never gives more resolved than answered calls', () => {
    const number = fc.oneof(fc.integer({ min: -5, max: 12_000 }), fc.double({ min: 0, max: 200 }));
    fc.assert(
      fc.property(number, fc.option(number), number, (answered, resolved, share) => {
        const row = readFigureRow(
          cells({
            answered: String(answered),
            resolved: resolved === null ? '' : String(resolved),
            share: `${share} %`,
          }),
          {},
        );
        if (Array.isArray(row)) return expect(row.length).toBeGreaterThan(0);
        expect(Number.isInteger(row.answered) && Number.isInteger(row.resolved)).toBe(true);
        expect(row.resolved).toBeGreaterThanOrEqual(0);
        expect(row.resolved).toBeLessThanOrEqual(row.answered);
      }),
    );
  });
});

describe('isTotal', () => {
  it.each([
    [{ agent: 'I alt', answered: '900' }, true],
    [{ agentId: 'TOTAL', answered: '900' }, true],
    [{ agent: 'Sum (alle)' }, true],
    [{ agentId: '', agent: '', answered: '900' }, true],
    [{ agent: 'Anna Agent' }, false],
    [{ agentId: '12', agent: 'Sumaya Ali' }, false],
    [{ email: 'total@x.dk' }, false],
  ])('%j: %s', (row, expected) => expect(isTotal(row as Record<string, string>)).toBe(expected));
});
