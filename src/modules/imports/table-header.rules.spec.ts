import { doubtfulColumns, findHeader, headerSignature } from './table-header.rules.js';

const rows = (...lines: string[][]) => lines.map((cells, index) => ({ number: index + 1, cells }));
const nothing = () => undefined;
const COLUMNS = [
  { name: 'email', required: true, aliases: ['E-mail', 'Mail'] },
  { name: 'date', required: true, aliases: ['Dato'] },
  { name: 'start', required: false, aliases: ['Fra'] },
  { name: 'end', required: false, aliases: ['Til'] },
] as const;

describe('findHeader', () => {
  it('finds the headings below titles, by their names', () => {
    const found = findHeader(
      rows(
        ['Vagtplan for november', '', ''],
        ['Udskrevet', '1.11.2026', ''],
        ['E-mail', 'Dato', 'Fra', 'Til'],
        ['anna@x.dk', '21.11.2026', '8', '16'],
      ),
      COLUMNS,
      nothing,
    );
    expect(found).toMatchObject({ row: 3, mapping: { email: 0, date: 1, start: 2, end: 3 } });
    expect(found!.examples).toEqual([['anna@x.dk', '21.11.2026', '8', '16']]);
  });

  it('takes the first of the widest rows when nothing is known', () => {
    const found = findHeader(
      rows(['Titel', ''], ['Hvem', 'Hvornår', 'Indtil'], ['4711', '8', '16']),
      COLUMNS,
      nothing,
    );
    expect(found).toMatchObject({ row: 2, mapping: {} });
  });

  it('finds headings nobody knows of which one is missing', () => {
    const found = findHeader(
      rows(['Udtræk', 'i dag'], ['Hvem', 'Hvornår', '', 'Klaret'], ['Åse', 'okt. 2026', '80', '51,2 %']),
      COLUMNS,
      nothing,
    );
    expect(found).toMatchObject({ row: 2, headings: ['Hvem', 'Hvornår', '', 'Klaret'] });
  });

  it('remembers what was said about the same headings', () => {
    const mapping = { email: 0, start: 1, end: 2 };
    const found = findHeader(
      rows(['HVEM ', 'hvornår', 'Indtil:'], ['4711', '8', '16']),
      COLUMNS,
      (signature) => (signature === headerSignature(['Hvem', 'Hvornår', 'Indtil']) ? mapping : undefined),
    );
    expect(found).toMatchObject({ row: 1, mapping });
  });

  it('refuses what has one column', () =>
    expect(findHeader(rows(['a'], ['b']), COLUMNS, nothing)).toBeUndefined());
});

describe('doubtfulColumns', () => {
  it.each([
    [['E-mail', 'Dato'], []],
    [['E-mail', 'Mail', 'Dato'], ['email']],
    [
      ['Dato', 'dato', 'mail', 'E-mail'],
      ['email', 'date'],
    ],
  ])('of %j are %j', (headings, expected) => expect(doubtfulColumns(headings, COLUMNS)).toEqual(expected));
});
