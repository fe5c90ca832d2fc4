import { addDays, isLocalDate, localDateOf } from './local-date.js';

describe('local dates', () => {
  it.each([
    ['2026-02-28', true],
    ['2026-02-29', false],
    ['2028-02-29', true],
    ['2026-04-31', false],
    ['2026-13-01', false],
    ['2026-1-1', false],
    ['0000-01-01', true],
    ['9999-12-31', true],
    ['2026-01-01T00', false],
  ])('%s is a day: %s', (text, expected) => expect(isLocalDate(text)).toBe(expected));

  it.each([
    // The day begins at 23:00 UTC in winter, at 22:00 in summer.
    ['2026-11-21T22:59:59.999Z', '2026-11-21'],
    ['2026-11-21T23:00:00.000Z', '2026-11-22'],
    ['2026-06-21T21:59:59.999Z', '2026-06-21'],
    ['2026-06-21T22:00:00.000Z', '2026-06-22'],
    ['2026-10-24T22:00:00.000Z', '2026-10-25'],
    ['2026-10-25T23:00:00.000Z', '2026-10-26'],
  ])('%s falls on %s in Copenhagen', (instant, day) => expect(localDateOf(new Date(instant))).toBe(day));

  it('tells zones apart at the same instant', () => {
    const instant = new Date('2026-11-21T23:30:00.000Z');
    expect(['UTC', 'Europe/Copenhagen', 'UTC'].map((zone) => localDateOf(instant, zone))).toEqual([
      '2026-11-21',
      '2026-11-22',
      '2026-11-21',
    ]);
  });

  it.each([
    ['2026-02-28', 1, '2026-03-01'],
    ['2026-10-25', 1, '2026-10-26'],
    ['2026-01-01', -1, '2025-12-31'],
    ['2028-02-29', 366, '2029-03-01'],
  ])('%s and %i days is %s', (date, days, expected) => expect(addDays(date, days)).toBe(expected));
});
