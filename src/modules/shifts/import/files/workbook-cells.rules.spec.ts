import { cellText, isDateFormat, positionOf } from './workbook-cells.rules.js';

describe('isDateFormat', () => {
  it.each([
    [0, undefined, false],
    [14, undefined, true],
    [20, undefined, true],
    [2, undefined, false],
    [164, 'dd-mm-yyyy', true],
    [164, '[$-406]d. mmmm yyyy', true],
    [164, 'hh:mm', true],
    [164, '[h]:mm', true],
    [164, '#,##0.00 "kr."', false],
    [164, '0" dage"', false],
    [164, 'General', false],
  ])('%d %j: %s', (id, code, expected) => expect(isDateFormat(id, code)).toBe(expected));
});

describe('cellText', () => {
  it.each([
    ['46347', true, '2026-11-21'],
    ['46347.333333', true, '2026-11-21 08:00'],
    ['46347.999999', true, '2026-11-22'],
    ['0.25', true, '06:00'],
    ['0.3', false, '07:12'],
    ['800', false, '800'],
    ['46347', false, '46347'],
    ['', true, ''],
    ['#REF!', true, '#REF!'],
  ])('%j (a day or time: %s) is %j', (raw, isDate, expected) => expect(cellText(raw, isDate)).toBe(expected));
});

describe('positionOf', () => {
  it.each([
    ['A1', 0],
    ['Z9', 25],
    ['AA10', 26],
    ['AMJ1', 1023],
    ['1A', undefined],
    ['', undefined],
  ])('%j is %j', (reference, expected) => expect(positionOf(reference)).toBe(expected));
});
