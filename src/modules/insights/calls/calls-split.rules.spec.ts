import fc from 'fast-check';
import { addMonths, monthsFrom, type Month } from '../../quality/index.js';
import {
  monthNumber,
  NEVER,
  PACKED_BY,
  splitCalls,
  type Division,
  type EmploymentDays,
} from './calls-split.rules.js';

interface Figure {
  month: Month;
  answered: number;
  resolved: number;
}

const packed = (figures: readonly Figure[]) =>
  figures.map(({ month, answered, resolved }) => `${month}${answered * PACKED_BY + resolved}`).join(',');
const split = (division: Division, figures: readonly Figure[]) =>
  splitCalls(division, packed(figures), figures.length);
const figure = (month: Month, answered = 100, resolved = 60): Figure => ({ month, answered, resolved });
const aarhus = { municipalityCode: '751', startOn: '2026-01-20', endOn: null };

describe('the calls of an agent', () => {
  it('are divided by the month of the event, which is on neither side', () => {
    const months = ['2026-01', '2026-02', '2026-03', '2026-04'].map((month) => figure(month));
    expect(split({ employments: [aarhus], event: monthNumber('2026-03-09') }, months)).toEqual({
      municipalityCode: '751',
      without: { trials: 200, successes: 120, tenure: 0.5 },
      with: { trials: 100, successes: 60, tenure: 3 },
    });
  });

  it.each<[string, EmploymentDays[], string[]]>([
    ['of months with a day of employment', [{ ...aarhus, endOn: '2026-02-01' }], ['2026-01', '2026-02']],
    ['of no month of whoever never came', [{ ...aarhus, endOn: '2026-01-19' }], []],
    [
      'of a month that two share for the later one',
      [
        { ...aarhus, endOn: '2026-02-14' },
        { municipalityCode: '615', startOn: '2026-02-15', endOn: '2026-03-31' },
      ],
      ['2026-01', '2026-02', '2026-03'],
    ],
  ])('are those %s', (_, employments, counted) => {
    const months = monthsFrom('2025-12', '2026-04').map((month) => figure(month));
    const calls = split({ employments, event: NEVER }, months);
    expect(calls?.without?.trials ?? 0).toBe(100 * counted.length);
    expect(calls?.with ?? null).toBeNull();
  });

  it('belong to the municipality of the last month that counts', () => {
    const moved = [
      { ...aarhus, endOn: '2026-02-14' },
      { municipalityCode: '615', startOn: '2026-02-15', endOn: null },
    ];
    const of = (...figures: Figure[]) =>
      split({ employments: moved, event: NEVER }, figures)?.municipalityCode;
    expect(of(figure('2026-01'), figure('2026-02'))).toBe('615');
    expect(of(figure('2026-01'), figure('2026-02', 0, 0))).toBe('751');
    expect(of(figure('2025-01'))).toBeUndefined();
  });

  it('are not reckoned from a text that was cut short', () => {
    const text = packed([figure('2026-02'), figure('2026-03')]);
    expect(() => splitCalls({ employments: [aarhus], event: NEVER }, text.slice(0, 10), 2)).toThrow('1 of 2');
  });

  it('are what a slow look at each month gives', () => {
    const month = fc.integer({ min: 0, max: 30 }).map((n) => addMonths('2024-01', n));
    const day = fc.tuple(month, fc.integer({ min: 1, max: 28 })).map(([m, d]) => `${m}-${10 + (d % 18)}`);
    const employment = fc.record({
      municipalityCode: fc.constantFrom('751', '615', '101'),
      startOn: day,
      endOn: fc.option(day),
    });
    const figures = fc.uniqueArray(
      fc
        .record({
          month,
          answered: fc.integer({ min: 0, max: 5000 }),
          share: fc.double({ min: 0, max: 1, noNaN: true }),
        })
        .map(({ share, ...one }) => ({ ...one, resolved: Math.floor(one.answered * share) })),
      { selector: (one) => one.month },
    );
    fc.assert(
      fc.property(
        fc.array(employment, { minLength: 1, maxLength: 4 }),
        figures,
        fc.option(month, { nil: null }),
        (employments, months, event) => {
          const calls = split({ employments, event: event === null ? NEVER : monthNumber(event) }, months);
          expect(calls).toEqual(slowly(employments, months, event ?? '9999-12'));
        },
      ),
    );
  });
});

/** Month by month, employment by employment. */
function slowly(employments: readonly EmploymentDays[], figures: readonly Figure[], event: Month) {
  const came = employments.filter(({ startOn, endOn }) => endOn === null || endOn >= startOn);
  const counts = (one: EmploymentDays, month: Month) =>
    one.startOn.slice(0, 7) <= month &&
    (one.endOn === null || one.endOn.slice(0, 7) >= month) &&
    !came.slice(came.indexOf(one) + 1).some(({ startOn }) => startOn.slice(0, 7) <= month);
  const first = employments.map(({ startOn }) => startOn.slice(0, 7)).toSorted()[0]!;
  const counted = figures
    .filter(
      ({ month, answered }) => month !== event && answered > 0 && came.some((one) => counts(one, month)),
    )
    .map((one) => ({ ...one, tenure: monthsFrom(first, one.month).length - 1 }));
  if (counted.length === 0) return undefined;
  const side = (of: typeof counted) => {
    const trials = of.reduce((sum, one) => sum + one.answered, 0);
    if (trials === 0) return null;
    return {
      trials,
      successes: of.reduce((sum, one) => sum + one.resolved, 0),
      tenure: of.reduce((sum, one) => sum + one.answered * one.tenure, 0) / trials,
    };
  };
  const last = counted
    .map(({ month }) => month)
    .toSorted()
    .at(-1)!;
  return {
    municipalityCode: came.find((one) => counts(one, last))!.municipalityCode,
    without: side(counted.filter(({ month }) => month < event)),
    with: side(counted.filter(({ month }) => month > event)),
  };
}
