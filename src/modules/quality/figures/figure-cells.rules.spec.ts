import fc from 'fast-check';
import { addMonths, lastDayOf } from '../month.rules.js';
import {
  parseCount,
  parseDecimal,
  parseDuration,
  parseMonth,
  parseShare,
  unitOfShares,
} from './figure-cells.rules.js';

const months = fc.integer({ min: 0, max: 40 * 12 }).map((count) => addMonths('2010-01', count));

describe('parseMonth', () => {
  it.each([
    ['2026-08', '2026-08'],
    ['2026-8', '2026-08'],
    ['202608', '2026-08'],
    ['08-2026', '2026-08'],
    ['8/2026', '2026-08'],
    ['august 2026', '2026-08'],
    ['August 2026', '2026-08'],
    ['aug. 2026', '2026-08'],
    ['aug-26', '2026-08'],
    ['Okt 2026', '2026-10'],
    ['october 2026', '2026-10'],
    ['maj 2026', '2026-05'],
    ['May 2026', '2026-05'],
    ['marts 2026', '2026-03'],
    ['sept. 2026', '2026-09'],
    ['01.08.2026', '2026-08'],
    ['1/8/2026', '2026-08'],
    ['31-08-2026', '2026-08'],
    ['2026-08-01', '2026-08'],
    ['2026/08/31', '2026-08'],
    ['2026-08-01T00:00:00.000Z', '2026-08'],
    // Counted the American way, or a day that is no month.
    ['08/15/2026', undefined],
    ['15.08.2026', undefined],
    ['30.02.2026', undefined],
    ['13-2026', undefined],
    ['augur 2026', undefined],
    ['august', undefined],
    ['1926-08', undefined],
    ['uge 32', undefined],
    ['', undefined],
  ])('%j is %j', (text, expected) => expect(parseMonth(text)).toBe(expected));

  it('reads back every month in every way it is written', () => {
    fc.assert(
      fc.property(months, (month) => {
        const [year, number] = month.split('-') as [string, string];
        const date = new Date(`${month}-01T00:00:00Z`);
        const worded = (locale: string, style: 'long' | 'short') =>
          new Intl.DateTimeFormat(locale, { month: style, timeZone: 'UTC' }).format(date);
        for (const text of [
          month,
          `${number}-${year}`,
          `01.${number}.${year}`,
          lastDayOf(month),
          `${worded('da', 'long')} ${year}`,
          `${worded('da', 'short')} ${year}`,
          `${worded('en', 'long')} ${year}`,
          `${worded('en', 'short')}-${year.slice(2)}`,
        ])
          expect([text, parseMonth(text)]).toEqual([text, month]);
      }),
    );
  });
});

describe('parseCount', () => {
  it.each([
    ['120', 120],
    ['0', 0],
    ['-3', -3],
    ['1.234', 1234],
    ['1,234', 1234],
    ['1 234', 1234],
    ['12,0', 12],
    ['12.00', 12],
    ['12,5', undefined],
    ['1.23.456', undefined],
    ['1e3', undefined],
    ['mange', undefined],
    ['', undefined],
  ])('%j is %j', (text, expected) => expect(parseCount(text)).toBe(expected));

  it('reads back every number of calls, with and without marks between thousands', () => {
    fc.assert(
      fc.property(fc.nat(9_999_999), fc.constantFrom('', '.', ',', ' ', '\u00a0'), (count, mark) => {
        const text = String(count).replace(/\B(?=(\d{3})+$)/g, mark);
        expect(parseCount(text)).toBe(count);
      }),
    );
  });
});

describe('parseDecimal', () => {
  it.each([
    ['45,6', 45.6],
    ['45.6', 45.6],
    ['1.234,5', 1234.5],
    ['1,234.5', 1234.5],
    ['0,456', 0.456],
    ['0.4567', 0.4567],
    ['12,', undefined],
    ['1.2.3,4', undefined],
    ['', undefined],
  ])('%j is %j', (text, expected) => expect(parseDecimal(text)).toBe(expected));
});

describe('parseShare and unitOfShares', () => {
  it.each([
    ['45,6 %', { value: 45.6, isPercent: true }],
    ['45%', { value: 45, isPercent: true }],
    ['45 pct.', { value: 45, isPercent: true }],
    ['0,456', { value: 0.456, isPercent: false }],
    ['halvdelen', undefined],
  ])('%j is %j', (text, expected) => expect(parseShare(text)).toEqual(expected));

  it.each([
    [['0.45', '1', '0'], 'one'],
    [['45', '0,8'], 'hundred'],
    [['45 %', '0,8'], 'one'],
    [[], 'one'],
  ] as const)('%j are parts of %s', (texts, expected) => expect(unitOfShares(texts)).toBe(expected));
});

describe('parseDuration', () => {
  it.each([
    ['00:05:12', 312],
    ['5:12', 312],
    ['75:00', 4500],
    ['1:02:03', 3723],
    ['312', 312],
    ['312,4', 312],
    ['312 sek.', 312],
    ['1899-12-30T00:05:12.000Z', 312],
    ['0.003611111', 312],
    ['0', 0],
    ['1:75:00', undefined],
    ['5:72', undefined],
    ['-5', undefined],
    ['længe', undefined],
  ])('%j is %j', (text, expected) => expect(parseDuration(text)).toBe(expected));

  it('reads back every length of time', () => {
    fc.assert(
      fc.property(fc.nat(90_000), (seconds) => {
        const two = (n: number) => String(n).padStart(2, '0');
        const clock = `${two(Math.floor(seconds / 3600))}:${two(Math.floor((seconds % 3600) / 60))}:${two(seconds % 60)}`;
        expect(parseDuration(clock)).toBe(seconds);
        expect(parseDuration(String(seconds))).toBe(seconds);
      }),
    );
  });
});
