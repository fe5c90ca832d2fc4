import fc from 'fast-check';
import { addDays, instantAt, isWeekday, localDateOf } from '../../../common/local-date.js';
import {
  SEAT_REMINDER_AHEAD_DAYS,
  SEAT_REMINDER_DAYS,
  seatReminderAt,
  seatReminderDue,
} from './seat-reminders.rules.js';

const ZONE = 'Europe/Copenhagen';
// A Wednesday: reminders on Wednesday 25 November and Monday 7 December.
const ON = '2026-12-09';
const LONG_AGO = new Date('2026-09-01T10:00:00Z');
const at = (text: string) => new Date(text);

describe('seatReminderDue', () => {
  it.each<[string, string, Date, number | undefined]>([
    ['a minute before the first', '2026-11-25T06:59:00Z', LONG_AGO, undefined],
    ['at the first', '2026-11-25T07:00:00Z', LONG_AGO, 14],
    ['between the two', '2026-12-04T12:00:00Z', LONG_AGO, 14],
    ['at the second', '2026-12-07T07:00:00Z', LONG_AGO, 2],
    ['the evening before', '2026-12-08T22:59:00Z', LONG_AGO, 2],
    ['on the day', '2026-12-08T23:00:00Z', LONG_AGO, undefined],
    ['after the day', '2026-12-20T09:00:00Z', LONG_AGO, undefined],
    ['told after the first', '2026-11-29T12:00:00Z', at('2026-11-29T10:00:00Z'), undefined],
    ['told after the first, at the second', '2026-12-07T07:00:00Z', at('2026-11-29T10:00:00Z'), 2],
    ['told within two days', '2026-12-08T10:00:00Z', at('2026-12-07T09:00:00Z'), undefined],
    ['told at the very instant of the second', '2026-12-07T07:00:00Z', at('2026-12-07T07:00:00Z'), undefined],
  ])('%s', (_, now, toldAt, expected) => {
    expect(seatReminderDue(ON, toldAt, at(now), ZONE)).toBe(expected);
  });

  it.each([
    ['2026-12-07', 2, '2026-12-04T07:00:00.000Z'],
    ['2026-12-08', 2, '2026-12-04T07:00:00.000Z'],
    ['2026-11-08', 14, '2026-10-23T06:00:00.000Z'],
    ['2026-11-09', 14, '2026-10-26T07:00:00.000Z'],
    ['2027-03-30', 2, '2027-03-26T07:00:00.000Z'],
    ['2027-03-31', 2, '2027-03-29T06:00:00.000Z'],
  ] as const)('of %s, %i days before, comes at 8 on the last weekday', (on, days, expected) => {
    expect(seatReminderAt(on, days, ZONE).toISOString()).toBe(expected);
  });

  it('comes on a weekday, at most two days early, and never after what it reminds of', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2000 }), fc.constantFrom(...SEAT_REMINDER_DAYS), (day, days) => {
        const on = addDays('2026-01-01', day);
        const due = seatReminderAt(on, days, ZONE);
        const dueOn = localDateOf(due, ZONE);
        expect(isWeekday(dueOn)).toBe(true);
        expect(dueOn <= addDays(on, -days) && dueOn >= addDays(on, -days - 2)).toBe(true);
        expect(dueOn >= addDays(on, -SEAT_REMINDER_AHEAD_DAYS)).toBe(true);
        expect(due < instantAt(on, '00:00', ZONE)).toBe(true);
      }),
    );
  });
});
