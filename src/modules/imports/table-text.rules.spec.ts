import { delimiterOf } from './table-text.rules.js';

describe('delimiterOf', () => {
  it.each([
    ['a;b;c\n1,2;3', ';'],
    ['a,b,c', ','],
    ['a\tb', '\t'],
    ['"x;y;z",b', ','],
    ['alone', ';'],
  ])('%j has %j', (text, expected) => expect(delimiterOf(text)).toBe(expected));
});
