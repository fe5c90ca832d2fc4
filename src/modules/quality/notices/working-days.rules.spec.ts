import fc from 'fast-check';
import { isWeekday, localDateOf } from '../../../common/local-date.js';
import { isOfficeTime, workingDaysAfter } from './working-days.rules.js';

const ZONE = 'Europe/Copenhagen';
const at = (text: string) => new Date(text);

describe('workingDaysAfter', () => {
  it.each([
    ['two days within a week', '2026-11-30T09:15:00Z', 2, '2026-12-02T09:15:00Z'],
    ['over a weekend', '2026-12-03T09:15:00Z', 2, '2026-12-07T09:15:00Z'],
    ['from a Friday afternoon', '2026-12-04T14:59:00Z', 2, '2026-12-08T14:59:00Z'],
    ['from an evening: counted from the next morning', '2026-11-30T18:00:00Z', 2, '2026-12-03T07:00:00Z'],
    ['from a Saturday: counted from Monday morning', '2026-12-05T10:00:00Z', 1, '2026-12-08T07:00:00Z'],
    ['no days: the office hours', '2026-12-05T10:00:00Z', 0, '2026-12-07T07:00:00Z'],
    [
      'over the end of summer time, by the clock on the wall',
      '2026-10-23T08:00:00Z',
      1,
      '2026-10-26T09:00:00Z',
    ],
    ['over the beginning of it', '2026-03-27T08:00:00Z', 1, '2026-03-30T07:00:00Z'],
  ])('%s', (_, from, days, expected) => {
    expect(workingDaysAfter(at(from), days, ZONE)).toEqual(at(expected));
  });

  it('always ends in office hours, with that many weekdays begun since', () => {
    const instant = fc.date({
      min: at('2026-01-01T00:00:00Z'),
      max: at('2027-12-31T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instant, fc.integer({ min: 0, max: 10 }), (from, days) => {
        const until = workingDaysAfter(from, days, ZONE);
        expect(isOfficeTime(until, ZONE)).toBe(true);
        expect(weekdaysBegun(from, until)).toBeGreaterThanOrEqual(days);
      }),
    );
  });
});

describe('isOfficeTime', () => {
  it.each([
    ['2026-11-30T06:59:59Z', false],
    ['2026-11-30T07:00:00Z', true],
    ['2026-11-30T14:59:59Z', true],
    ['2026-11-30T15:00:00Z', false],
    ['2026-12-05T09:00:00Z', false],
  ])('%s: %s', (instant, expected) => {
    expect(isOfficeTime(at(instant), ZONE)).toBe(expected);
  });
});

/** How many weekdays have begun after an instant and up to another. */
function weekdaysBegun(from: Date, until: Date): number {
  const days = new Set<string>();
  for (let hour = from.getTime(); hour <= until.getTime(); hour += 3_600_000)
    days.add(localDateOf(new Date(hour), ZONE));
  days.add(localDateOf(until, ZONE));
  days.delete(localDateOf(from, ZONE));
  return [...days].filter((day) => isWeekday(day)).length;
}
