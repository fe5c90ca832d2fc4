import fc from 'fast-check';
import { isWeekday, localDateOf } from '../../../common/local-date.js';
import {
  isOfficeTime,
  leaderReminderDue,
  pressing,
  READING_WEEKDAYS,
  readingReminderDue,
  reminderAt,
  reminderHorizon,
  type ReadingOccasion,
} from './reading-reminders.rules.js';

const ZONE = 'Europe/Copenhagen';
const at = (text: string) => new Date(text);
// A Thursday morning: reminders on Monday 7 and Wednesday 9 December at 8.00 (07.00Z).
const SHIFT = at('2026-12-10T06:00:00Z');

describe('readingReminderDue', () => {
  it.each<[string, string, string | null, ReadingOccasion | undefined]>([
    ['never told, long before', '2026-11-01T12:00:00Z', null, 'new'],
    ['never told, an hour before', '2026-12-10T05:00:00Z', null, 'new'],
    ['never told, when it begins', '2026-12-10T06:00:00Z', null, undefined],
    ['told, before the first reminder', '2026-12-07T06:59:00Z', '2026-12-01T09:00:00Z', undefined],
    ['three weekdays before', '2026-12-07T07:00:00Z', '2026-12-01T09:00:00Z', 3],
    ['told just then', '2026-12-07T08:00:00Z', '2026-12-07T07:00:00Z', undefined],
    ['between the two', '2026-12-08T09:00:00Z', '2026-12-01T09:00:00Z', 3],
    ['one weekday before', '2026-12-09T07:00:00Z', '2026-12-07T07:00:00Z', 1],
    ['one weekday before, told the same day', '2026-12-09T12:00:00Z', '2026-12-09T07:00:00Z', undefined],
    ['in the night before', '2026-12-10T02:00:00Z', '2026-12-07T07:00:00Z', 1],
    ['after it has begun', '2026-12-10T06:30:00Z', '2026-12-07T07:00:00Z', undefined],
  ])('%s', (_, now, toldAt, expected) => {
    expect(readingReminderDue(SHIFT, toldAt === null ? null : at(toldAt), at(now), ZONE)).toBe(expected);
  });
});

describe('reminderAt', () => {
  it.each([
    // Friday for a shift on Monday, Saturday or Sunday.
    ['2026-12-07T06:00:00Z', 1, '2026-12-04T07:00:00.000Z'],
    ['2026-12-05T08:00:00Z', 1, '2026-12-04T07:00:00.000Z'],
    ['2026-12-06T08:00:00Z', 1, '2026-12-04T07:00:00.000Z'],
    ['2026-12-07T06:00:00Z', 3, '2026-12-02T07:00:00.000Z'],
    // The clocks go back on Sunday 25 October: 8 o'clock is 06.00Z before and 07.00Z after.
    ['2026-10-25T01:30:00Z', 1, '2026-10-23T06:00:00.000Z'],
    ['2026-10-26T07:00:00Z', 1, '2026-10-23T06:00:00.000Z'],
    ['2026-10-27T07:00:00Z', 1, '2026-10-26T07:00:00.000Z'],
    ['2026-10-28T07:00:00Z', 3, '2026-10-23T06:00:00.000Z'],
    // A night shift belongs to the day on which it starts.
    ['2026-12-09T22:30:00Z', 1, '2026-12-08T07:00:00.000Z'],
    ['2026-12-09T23:30:00Z', 1, '2026-12-09T07:00:00.000Z'],
  ] as const)('of a shift at %s, %i weekdays before, is %s', (startsAt, weekdays, expected) => {
    expect(reminderAt(at(startsAt), weekdays, ZONE).toISOString()).toBe(expected);
  });
});

describe('leaderReminderDue', () => {
  it.each([
    ['a minute too early', '2026-12-09T06:59:00Z', null, false],
    ['one weekday before', '2026-12-09T07:00:00Z', null, true],
    ['told then', '2026-12-09T08:00:00Z', '2026-12-09T07:00:00Z', false],
    ['told of an earlier shift', '2026-12-09T08:00:00Z', '2026-12-08T07:00:00Z', true],
    ['once it has begun', '2026-12-10T06:00:00Z', null, false],
  ])('%s', (_, now, toldAt, expected) => {
    expect(leaderReminderDue(SHIFT, toldAt === null ? null : at(toldAt), at(now), ZONE)).toBe(expected);
  });
});

describe('pressing', () => {
  it.each<[(ReadingOccasion | undefined)[], ReadingOccasion | undefined]>([
    [[], undefined],
    [[undefined], undefined],
    [[undefined, 'new'], 'new'],
    [['new', 3], 3],
    [[3, 1, 'new'], 1],
  ])('of %j is %s', (occasions, expected) => {
    expect(pressing(occasions)).toBe(expected);
  });
});

describe('reminders of reading', () => {
  const HOUR = 3_600_000;
  const hour = fc.integer({ min: 0, max: 24 * 60 }).map((h) => new Date(Date.UTC(2026, 9, 1, h)));

  it('come at most three times for one shift, never twice a day, always in office hours', () => {
    fc.assert(
      fc.property(hour, hour, (publishedAt, startsAt) => {
        let toldAt: Date | null = null;
        const told: { at: Date; occasion: ReadingOccasion }[] = [];
        // As the job does it: looked at every hour within office hours.
        for (let t = publishedAt.getTime(); t <= startsAt.getTime() + 72 * HOUR; t += HOUR) {
          const now = new Date(t);
          if (!isOfficeTime(now, ZONE)) continue;
          const occasion = readingReminderDue(startsAt, toldAt, now, ZONE);
          if (!occasion || (toldAt && localDateOf(toldAt, ZONE) === localDateOf(now, ZONE))) continue;
          toldAt = now;
          told.push({ at: now, occasion });
        }
        expect(told.length).toBeLessThanOrEqual(3);
        expect(new Set(told.map(({ occasion }) => occasion)).size).toBe(told.length);
        for (const { at: sentAt } of told) {
          expect(sentAt.getTime()).toBeLessThan(startsAt.getTime());
          expect(isWeekday(localDateOf(sentAt, ZONE))).toBe(true);
        }
      }),
    );
  });

  it('are due by the end of the day exactly for shifts before the horizon', () => {
    fc.assert(
      fc.property(hour, hour, fc.constantFrom(...READING_WEEKDAYS), (now, startsAt, weekdays) => {
        const dueOn = localDateOf(reminderAt(startsAt, weekdays, ZONE), ZONE);
        expect(startsAt < reminderHorizon(now, weekdays, ZONE)).toBe(dueOn <= localDateOf(now, ZONE));
      }),
    );
  });
});
