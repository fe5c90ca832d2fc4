import fc from 'fast-check';
import { isoDate, mapColumns, yesOrNo } from './cells.rules.js';

describe('isoDate', () => {
  it.each([
    ['21.11.2026', '2026-11-21'],
    ['1/2/2026', '2026-02-01'],
    ['01-02-2026', '2026-02-01'],
    [' 2026-11-21 ', '2026-11-21'],
    ['2026-11-21T00:00:00.000Z', '2026-11-21'],
    ['31.02.2026', '2026-02-31'],
    ['i morgen', 'i morgen'],
    ['2026-11-21 13:00', '2026-11-21 13:00'],
    ['', ''],
  ])('%j is %j', (text, expected) => expect(isoDate(text)).toBe(expected));

  it('reads back every day that is written the Danish way', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }),
        (date) => {
          const iso = date.toISOString().slice(0, 10);
          const [year, month, day] = iso.split('-').map(Number);
          expect(isoDate(`${day}.${month}.${year}`)).toBe(iso);
          expect(isoDate(iso)).toBe(iso);
        },
      ),
    );
  });
});

describe('yesOrNo', () => {
  it.each([
    ['Ja', true],
    ['x', true],
    ['nej', false],
    ['', false],
    ['måske', undefined],
  ])('%j is %j', (text, expected) => expect(yesOrNo(text)).toBe(expected));
});

describe('mapColumns', () => {
  const columns = [
    { name: 'firstName', required: true, aliases: ['Fornavn'] },
    { name: 'email', required: true, aliases: ['E-mail', 'Mail'] },
    { name: 'phone', required: false, aliases: ['Telefon'] },
  ];
  it('finds headings in any order, spelling and language', () => {
    const map = mapColumns(['E-MAIL', 'Afdeling', 'first name', ''], columns);
    expect(Object.fromEntries(map.positions)).toEqual({ email: 0, firstName: 2 });
    expect(map).toMatchObject({ missing: [], ignored: ['Afdeling'], repeated: [] });
  });
  it('tells what is missing and what is there twice', () => {
    expect(mapColumns(['Mail', 'e-mail'], columns)).toMatchObject({
      missing: ['firstName'],
      repeated: ['e-mail'],
    });
  });
});
