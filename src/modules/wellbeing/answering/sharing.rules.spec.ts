import fc from 'fast-check';
import { sharedGroups, sizesBy } from './sharing.rules.js';

describe('sharedGroups', () => {
  it.each([
    ['all are large', { a: 5, b: 9 }, ['a', 'b']],
    ['small ones together are enough', { a: 9, b: 3, c: 2 }, ['a']],
    ['a single small one takes the smallest large one along', { a: 9, b: 6, c: 2 }, ['a']],
    ['nobody is left', { a: 5 }, ['a']],
    ['nothing can be kept', { a: 4 }, []],
    ['the only large one is needed', { a: 5, b: 1 }, []],
    ['groups of nobody do not count', { a: 5, b: 0 }, ['a']],
  ])('%s', (_, sizes, kept) => {
    expect([...sharedGroups(new Map(Object.entries(sizes)), 5)].sort()).toEqual(kept);
  });

  it('never leaves a few, whatever the sizes', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(12), { maxLength: 12 }), fc.integer({ min: 5, max: 9 }), (list, fewest) => {
        const sizes = new Map(list.map((size, n) => [`g${n}`, size]));
        const kept = sharedGroups(sizes, fewest);
        const left = [...sizes].filter(([key]) => !kept.has(key)).reduce((sum, [, size]) => sum + size, 0);
        for (const key of kept) expect(sizes.get(key)).toBeGreaterThanOrEqual(fewest);
        if (kept.size > 0 && left > 0) expect(left).toBeGreaterThanOrEqual(fewest);
      }),
    );
  });
});

describe('sizesBy', () => {
  it('counts by key', () => {
    expect(Object.fromEntries(sizesBy(['a', 'b', 'a'], (one) => one))).toEqual({ a: 2, b: 1 });
  });
});
