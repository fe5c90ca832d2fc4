import fc from 'fast-check';
import { DateTime } from 'luxon';
import { spanOfTexts } from './read-shift.rules.js';
import { instantOfWall, parseDateTime, parseDay, parseTime } from './shift-times.rules.js';

const ZONE = 'Europe/Copenhagen';

describe('parseDay', () => {
  it.each([
    ['21.11.2026', '2026-11-21'],
    ['1/2/2026', '2026-02-01'],
    ['21-11-26', '2026-11-21'],
    ['2026-11-21', '2026-11-21'],
    ['2026/11/21', '2026-11-21'],
    ['20261121', '2026-11-21'],
    ['21. november 2026', '2026-11-21'],
    ['21 Nov 2026', '2026-11-21'],
    ['November 21, 2026', '2026-11-21'],
    ['1st December 2026', '2026-12-01'],
    ['lør 21.11.2026', '2026-11-21'],
    ['Lørdag d. 21.11.2026', '2026-11-21'],
    ['Saturday 21 November 2026', '2026-11-21'],
    ['tirsdag den 3. marts 2026', '2026-03-03'],
    ['46347', '2026-11-21'],
    ['46347,5', '2026-11-21'],
    ['2026-11-21T00:00:00.000Z', '2026-11-21'],
    ['21.11.2026 00:00:00', '2026-11-21'],
    ['31.02.2026', undefined],
    ['11/21/2026', undefined],
    ['i alt', undefined],
    ['12', undefined],
    ['', undefined],
  ])('%j is %j', (text, expected) => expect(parseDay(text)).toBe(expected));
});

describe('parseTime', () => {
  it.each([
    ['8', 480],
    ['08', 480],
    ['8.00', 480],
    ['08:00', 480],
    ['0800', 480],
    ['830', 510],
    ['8.30', 510],
    ['08:30:00', 510],
    ['kl. 8.30', 510],
    ['8 am', 480],
    ['8:30 PM', 1230],
    ['12 am', 0],
    ['12:15 p.m.', 735],
    ['24:00', 1440],
    ['0', 0],
    ['0,5', 720],
    ['0.333333333333333', 480],
    ['1899-12-30 22:00', 1320],
    ['24:01', undefined],
    ['8:60', undefined],
    ['1275', undefined],
    ['13 pm', undefined],
    ['7,5', undefined],
    ['otte', undefined],
    ['', undefined],
  ])('%j is %j', (text, expected) => expect(parseTime(text)).toBe(expected));
});

describe('parseDateTime', () => {
  it.each([
    ['2026-11-21T08:00', { date: '2026-11-21', minute: 480 }],
    ['2026-11-21 08:00:00', { date: '2026-11-21', minute: 480 }],
    ['21.11.2026 8.00', { date: '2026-11-21', minute: 480 }],
    ['21-11-2026 kl. 8.00', { date: '2026-11-21', minute: 480 }],
    ['21 November 2026 at 8 pm', { date: '2026-11-21', minute: 1200 }],
    ['46347.333333', { date: '2026-11-21', minute: 480 }],
    ['46347,999999', { date: '2026-11-22', minute: 0 }],
    ['08:00', undefined],
    ['21.11.2026', undefined],
    ['i morgen 8', undefined],
  ])('%j is %j', (text, expected) => expect(parseDateTime(text)).toEqual(expected));

  it.each([
    ['2026-11-21T07:00:00Z', '2026-11-21T07:00:00.000Z'],
    ['2026-11-21T08:00+01:00', '2026-11-21T07:00:00.000Z'],
  ])('%j is the instant %j', (text, expected) =>
    expect((parseDateTime(text) as Date).toISOString()).toBe(expected),
  );
});

describe('instantOfWall', () => {
  it.each([
    // Spring: 02:00 to 03:00 do not exist.
    ['2026-03-29', '01:59', '2026-03-29T00:59:00.000Z'],
    ['2026-03-29', '02:30', '2026-03-29T01:30:00.000Z'],
    ['2026-03-29', '03:00', '2026-03-29T01:00:00.000Z'],
    // Autumn: 02:00 to 03:00 come twice, and the first counts.
    ['2026-10-25', '01:59', '2026-10-24T23:59:00.000Z'],
    ['2026-10-25', '02:30', '2026-10-25T00:30:00.000Z'],
    ['2026-10-25', '03:00', '2026-10-25T02:00:00.000Z'],
    ['2026-07-01', '24:00', '2026-07-01T22:00:00.000Z'],
  ])('%s %s is %s', (date, time, expected) =>
    expect(instantOfWall({ date, minute: parseTime(time)! }, ZONE).toISOString()).toBe(expected),
  );

  it('is what the clock shows, at any time of any season', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20 * 366 * 1440 }), (minutes) => {
        const at = new Date(Date.UTC(2020, 0, 1) + minutes * 60_000);
        const wall = DateTime.fromJSDate(at, { zone: ZONE });
        const found = instantOfWall({ date: wall.toISODate()!, minute: wall.hour * 60 + wall.minute }, ZONE);
        // The hour that comes twice is taken the first time.
        const isSecond = wall.minus({ hours: 1 }).toFormat('HH:mm') === wall.toFormat('HH:mm');
        expect(found.getTime()).toBe(at.getTime() - (isSecond ? 3_600_000 : 0));
      }),
    );
  });
});

describe('the times of a row', () => {
  it.each([
    [['21.11.2026', '8.00', '16.00', ''], '2026-11-21T07:00:00.000Z', 8],
    [['21.11.2026', '2200', '0600', ''], '2026-11-21T21:00:00.000Z', 8],
    [['28.03.2026', '22:00', '06:00', ''], '2026-03-28T21:00:00.000Z', 7],
    [['24.10.2026', '22:00', '06:00', ''], '2026-10-24T20:00:00.000Z', 9],
    [['25.10.2026', '00:00', '08:00', ''], '2026-10-24T22:00:00.000Z', 9],
    [['21.11.2026', '16:00', '24:00', ''], '2026-11-21T15:00:00.000Z', 8],
    [['21.11.2026', '16:00', '00:00', ''], '2026-11-21T15:00:00.000Z', 8],
    [['21.11.2026', '22:00', '06:00', '22.11.2026'], '2026-11-21T21:00:00.000Z', 8],
    [['', '2026-11-21T08:00', '2026-11-21T16:00', ''], '2026-11-21T07:00:00.000Z', 8],
    [['', '21.11.2026 22.00', '6.00', ''], '2026-11-21T21:00:00.000Z', 8],
    [['2026-11-21 00:00', '1899-12-30 08:00', '1899-12-30 16:00', ''], '2026-11-21T07:00:00.000Z', 8],
    [['46347', '0,333333', '0,666667', ''], '2026-11-21T07:00:00.000Z', 8],
    [['', '2026-11-21T07:00:00Z', '2026-11-21T15:00:00Z', ''], '2026-11-21T07:00:00.000Z', 8],
  ] as const)('%j begin at %s and last %d hours', (texts, startsAt, hours) => {
    const span = spanOfTexts(texts, ZONE) as { startsAt: Date; endsAt: Date };
    expect(span.startsAt?.toISOString()).toBe(startsAt);
    expect((span.endsAt.getTime() - span.startsAt.getTime()) / 3_600_000).toBe(hours);
  });

  it.each([
    [['', '', '16.00', ''], 'start', 'required'],
    [['21.11.2026', '8.00', '', ''], 'end', 'required'],
    [['', '8.00', '16.00', ''], 'date', 'required'],
    [['31.02.2026', '8.00', '16.00', ''], 'date', 'invalid_date'],
    [['21.11.2026', 'otte', '16.00', ''], 'start', 'invalid_time'],
    [['21.11.2026', '8.00', '7,5', ''], 'end', 'invalid_time'],
    [['21.11.2026', '8.00', '16.00', 'i morgen'], 'endDate', 'invalid_date'],
    [['21.11.2026', '8.00', '16.00', '23.11.2026'], 'end', 'shift_too_long'],
    [['21.11.2026', '8.00', '7.00', '21.11.2026'], 'end', 'shift_ends_before_start'],
  ] as const)('%j are refused at %s: %s', (texts, field, code) =>
    expect(spanOfTexts(texts, ZONE)).toEqual({ field, code }),
  );
});
