import fc from 'fast-check';
import { addDays, localDateOf } from '../../common/local-date.js';
import { offsetSpans, perShiftHour, periodFault, readingPeriod } from './reading-time.rules.js';

const ZONE = 'Europe/Copenhagen';

describe('readingPeriod', () => {
  it.each([
    [{}, { from: '2026-09-01', to: '2026-11-22' }],
    [{ from: '2026-11-05' }, { from: '2026-11-05', to: '2026-11-22' }],
    [{ to: '2026-02-15' }, { from: '2025-12-01', to: '2026-02-15' }],
    [
      { from: '2026-12-24', to: '2026-12-31' },
      { from: '2026-12-24', to: '2026-12-31' },
    ],
    [{ from: '2027-01-10' }, { from: '2027-01-10', to: '2027-01-10' }],
  ])('of %j', (asked, expected) => {
    expect(readingPeriod(asked, '2026-11-22')).toEqual(expected);
  });
});

describe('periodFault', () => {
  it.each([
    ['2026-11-01', '2026-11-01', undefined],
    ['2026-11-02', '2026-11-01', 'period_ends_before_it_begins'],
    ['2023-11-20', '2026-11-22', undefined],
    ['2023-01-01', '2026-11-22', 'period_too_long'],
  ])('%s to %s: %s', (from, to, expected) => {
    expect(periodFault({ from, to })).toBe(expected);
  });
});

describe('perShiftHour', () => {
  it.each([
    [30, 0, null],
    [0, 60, 0],
    [30, 360, 5],
    [10, 240, 2.5],
    [10, 420, 1.4],
  ])('%i minutes over %i minutes on shift: %s', (minutes, shiftMinutes, expected) => {
    expect(perShiftHour(minutes, shiftMinutes)).toBe(expected);
  });
});

describe('offsetSpans', () => {
  it('is one stretch without, and two with a change of the clock', () => {
    expect(offsetSpans({ from: '2026-11-01', to: '2026-11-30' }, ZONE)).toEqual([
      { until: new Date('2026-11-30T23:00:00Z'), minutes: 60 },
    ]);
    expect(offsetSpans({ from: '2026-10-01', to: '2026-10-31' }, ZONE)).toEqual([
      { until: new Date('2026-10-25T11:00:00Z'), minutes: 120 },
      { until: new Date('2026-10-31T23:00:00Z'), minutes: 60 },
    ]);
  });

  it('gives every instant its local day', () => {
    const spans = offsetSpans({ from: '2025-12-31', to: '2027-01-02' }, ZONE);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 367 * 24 * 60 - 1 }), (minute) => {
        const instant = new Date(Date.UTC(2025, 11, 30, 23) + minute * 60_000);
        const { minutes } = spans.find(({ until }) => instant < until)!;
        const day = new Date(instant.getTime() + minutes * 60_000).toISOString().slice(0, 10);
        expect(day).toBe(localDateOf(instant, ZONE));
      }),
    );
    expect(addDays('2027-01-02', 1)).toBe(localDateOf(spans.at(-1)!.until, ZONE));
  });
});
