import fc from 'fast-check';
import { addDays, instantAt } from '../../common/local-date.js';
import { reminderDue } from './reminders.rules.js';

const ZONE = 'Europe/Copenhagen';
const registered = new Date('2026-11-01T12:00:00Z');

describe('reminderDue', () => {
  // The first shift is on Wednesday 2026-12-02: reminders on Wed 25 Nov, Mon 30 Nov and Tue 1 Dec at 8.00 (07.00Z).
  it.each([
    ['too early', '2026-11-25T06:59:00Z', undefined],
    ['five weekdays before', '2026-11-25T07:00:00Z', 5],
    ['over the weekend still the first', '2026-11-28T12:00:00Z', 5],
    ['two weekdays before', '2026-11-30T07:00:00Z', 2],
    ['one weekday before', '2026-12-01T07:00:00Z', 1],
    ['not on the day itself', '2026-12-02T07:00:00Z', undefined],
  ])('%s', (_, now, expected) => {
    expect(reminderDue('2026-12-02', registered, new Date(now), ZONE)?.weekdaysLeft).toBe(expected);
  });

  it('passes over what lies before the registration', () => {
    const late = new Date('2026-11-30T12:00:00Z');
    expect(reminderDue('2026-12-02', late, new Date('2026-11-30T13:00:00Z'), ZONE)).toBeUndefined();
  });

  it('is never due before it, never after the day, and never before the registration', () => {
    const instant = fc.integer({ min: 0, max: 40 * 24 }).map((h) => new Date(Date.UTC(2026, 9, 10, h)));
    const day = fc.integer({ min: 0, max: 40 }).map((n) => addDays('2026-10-10', n));
    fc.assert(
      fc.property(day, instant, instant, (dueOn, registeredAt, now) => {
        const due = reminderDue(dueOn, registeredAt, now, ZONE);
        if (!due) return;
        expect(due.dueAt.getTime()).toBeLessThanOrEqual(now.getTime());
        expect(due.dueAt.getTime()).toBeGreaterThan(registeredAt.getTime());
        expect(now.getTime()).toBeLessThan(instantAt(dueOn, '00:00', ZONE).getTime());
      }),
    );
  });
});
