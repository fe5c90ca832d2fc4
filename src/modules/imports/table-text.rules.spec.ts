import { delimiterOf, delimiterOfLines } from './table-text.rules.js';

describe('delimiterOf', () => {
  it.each([
    ['a;b;c\n1,2;3', ';'],
    ['a,b,c', ','],
    ['a\tb', '\t'],
    ['"x;y;z",b', ','],
    ['alone', ';'],
  ])('%j has %j', (text, expected) => expect(delimiterOf(text)).toBe(expected));
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
