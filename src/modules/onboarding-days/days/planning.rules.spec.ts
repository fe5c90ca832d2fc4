import fc from 'fast-check';
import { isWeekday } from '../../../common/local-date.js';
import { dayFaults, hoursOf, proposeYear } from './planning.rules.js';

const ZONE = 'Europe/Copenhagen';

describe('dayFaults', () => {
  const on = '2026-12-09';
  const fine = { on, ...hoursOf(on, '09:00', '15:30', ZONE), bookBy: '2026-12-02' };
  it.each([
    ['nothing wrong', fine, []],
    ['booking until the day itself', { ...fine, bookBy: on }, []],
    ['booking beyond the day', { ...fine, bookBy: '2026-12-10' }, ['bookBy book_by_after_day']],
    ['hours of another day', { ...fine, on: '2026-12-08' }, ['startsAt other_day', 'endsAt other_day']],
    ['ends before it starts', { ...fine, endsAt: fine.startsAt }, ['endsAt ends_before_start']],
    ['ends after midnight', { ...fine, endsAt: '2026-12-09T23:30:00.000Z' }, ['endsAt other_day']],
  ])('%s', (_, day, expected) => {
    expect(dayFaults(day, ZONE).map(({ field, code }) => `${field} ${code}`)).toEqual(expected);
  });
});

describe('hoursOf', () => {
  it.each([
    ['in winter', '2026-12-09', '2026-12-09T08:00:00.000Z'],
    ['in summer', '2027-06-09', '2027-06-09T07:00:00.000Z'],
    ['on the day the clock goes forward', '2027-03-28', '2027-03-28T07:00:00.000Z'],
    ['on the day the clock goes back', '2026-10-25', '2026-10-25T08:00:00.000Z'],
  ])('%s', (_, on, startsAt) => {
    expect(hoursOf(on, '09:00', '15:30', ZONE).startsAt).toBe(startsAt);
  });
});

describe('proposeYear', () => {
  it('goes on after the last day planned', () => {
    expect(proposeYear('2026-12-09', '2026-11-22')).toEqual([
      { on: '2027-03-10', bookBy: '2027-03-03' },
      { on: '2027-06-09', bookBy: '2027-06-02' },
      { on: '2027-09-08', bookBy: '2027-09-01' },
      { on: '2027-12-08', bookBy: '2027-12-01' },
    ]);
  });

  it('gives four weekdays ahead, whatever was planned', () => {
    const date = fc.date({ min: new Date('2026-01-01'), max: new Date('2030-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(date, date, (last, now) => {
        const [planned, today] = [last, now].map((at) => at.toISOString().slice(0, 10)) as [string, string];
        const proposed = proposeYear(planned, today);
        expect(proposed.every(({ on, bookBy }) => isWeekday(on) && bookBy < on && bookBy > today)).toBe(true);
        expect(new Set(proposed.map(({ on }) => on)).size).toBe(4);
      }),
    );
  });
});
