import { delimiterOfLines, findHeader, headerSignature, mappingFaults } from './shift-columns.rules.js';

const rows = (...lines: string[][]) => lines.map((cells, index) => ({ number: index + 1, cells }));
const nothing = () => undefined;

describe('findHeader', () => {
  it('finds the headings below titles, by their names', () => {
    const found = findHeader(
      rows(
        ['Vagtplan for november', '', ''],
        ['Udskrevet', '1.11.2026', ''],
        ['E-mail', 'Dato', 'Fra', 'Til'],
        ['anna@x.dk', '21.11.2026', '8', '16'],
      ),
      nothing,
    );
    expect(found).toMatchObject({ row: 3, mapping: { email: 0, date: 1, start: 2, end: 3 } });
    expect(found!.examples).toEqual([['anna@x.dk', '21.11.2026', '8', '16']]);
  });

  it('takes the first of the widest rows when nothing is known', () => {
    const found = findHeader(
      rows(['Titel', ''], ['Hvem', 'Hvornår', 'Indtil'], ['4711', '8', '16']),
      nothing,
    );
    expect(found).toMatchObject({ row: 2, mapping: {} });
  });

  it('remembers what was said about the same headings', () => {
    const mapping = { phoneSystemId: 0, start: 1, end: 2 };
    const found = findHeader(rows(['HVEM ', 'hvornår', 'Indtil:'], ['4711', '8', '16']), (signature) =>
      signature === headerSignature(['Hvem', 'Hvornår', 'Indtil']) ? mapping : undefined,
    );
    expect(found).toMatchObject({ row: 1, mapping });
  });

  it('refuses what has one column', () => expect(findHeader(rows(['a'], ['b']), nothing)).toBeUndefined());
});

describe('mappingFaults', () => {
  it.each([
    [{}, [], ['agent', 'start', 'end']],
    [{ email: 0, start: 1, end: 2 }, [['a', '8.00', '16.00']], ['date']],
    [{ email: 0, start: 1, end: 2 }, [['a', '21.11.2026 8.00', '16.00']], []],
    [{ agent: 0, date: 3, start: 1, end: 2 }, [['a', '8.00', '16.00', '21.11.2026']], []],
  ])('%j with %j: %j', (mapping, examples, fields) =>
    expect(Object.keys(mappingFaults(mapping, examples)).sort()).toEqual([...fields].sort()),
  );
});

describe('delimiterOfLines', () => {
  it.each([
    [['Vagtplan', 'a;b;c', '1,5;2,5;3,5'], ';'],
    [['a,b,c', '1,2,3'], ','],
    [['a\tb', '1\t2'], '\t'],
    [['"x;y;z",b', '"p;q",c'], ','],
    [['alone'], ';'],
  ])('%j has %j', (lines, expected) => expect(delimiterOfLines(lines)).toBe(expected));
});
