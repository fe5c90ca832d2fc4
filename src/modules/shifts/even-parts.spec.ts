import fc from 'fast-check';
import { evenParts, padded } from './even-parts.js';

const isPower = (n: number) => Number.isInteger(Math.log2(n));

describe('evenParts', () => {
  it('keeps all items in their order, in parts of few lengths', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3000 }), (count) => {
        const items = Array.from({ length: count }, (_, n) => n);
        const parts = evenParts(items);
        expect(parts.flat()).toEqual(items);
        expect(parts.every(({ length }) => length <= 512 && isPower(length))).toBe(true);
      }),
    );
  });
});

describe('padded', () => {
  it.each([
    [[], []],
    [[1], [1]],
    [
      [1, 2, 3],
      [1, 2, 3, 3],
    ],
    [
      [1, 2, 3, 4, 5],
      [1, 2, 3, 4, 5, 5, 5, 5],
    ],
  ])('%j is %j', (items, expected) => expect(padded<number>(items)).toEqual(expected));
});
