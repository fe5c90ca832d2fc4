import fc from 'fast-check';
import { shownGroups, type Cell, type Partition, type Shown } from './suppression.rules.js';

const K = 5;

/** Respondents by their groups; how many answered in each kind. */
interface Kind {
  cell: Cell;
  answers: number;
}

const partition = (kinds: readonly Kind[], name: string): Partition => {
  const keys = [...new Set(kinds.map(({ cell }) => cell[name]!))].filter((key) => key !== 'other').sort();
  return {
    name,
    groups: keys.map((key) => ({
      key,
      answers: kinds.filter(({ cell }) => cell[name] === key).reduce((sum, one) => sum + one.answers, 0),
    })),
  };
};
const totalOf = (kinds: readonly Kind[]) => kinds.reduce((sum, { answers }) => sum + answers, 0);
const shownOf = (kinds: readonly Kind[], names: readonly string[]) =>
  shownGroups(
    totalOf(kinds),
    names.map((name) => partition(kinds, name)),
    kinds.map(({ cell }) => cell),
    K,
  );
const keys = (shown: Shown) => Object.fromEntries([...shown].map(([name, set]) => [name, [...set].sort()]));

/**
 * Somebody who adds and subtracts all that is shown: every combination of the total and the groups with coefficients −1, 0 and 1 that
 * comes to the indicator of a set of kinds. Gives the least number of answers such a set has.
 */
function leastTold(kinds: readonly Kind[], shown: Shown): number {
  const rows = [
    // The total is not shown either of a wave that too few answered.
    ...(totalOf(kinds) >= K ? [kinds.map(() => 1)] : []),
    ...[...shown].flatMap(([name, set]) =>
      [...set].map((key) => kinds.map(({ cell }) => (cell[name] === key ? 1 : 0))),
    ),
  ];
  let least = Infinity;
  const walk = (place: number, sum: readonly number[]): void => {
    if (place === rows.length) {
      if (!sum.every((value) => value === 0 || value === 1)) return;
      const answers = kinds.reduce((part, { answers: n }, i) => part + n * sum[i]!, 0);
      if (answers > 0) least = Math.min(least, answers);
      return;
    }
    for (const coefficient of [-1, 0, 1])
      walk(
        place + 1,
        sum.map((value, i) => value + coefficient * rows[place]![i]!),
      );
  };
  walk(
    0,
    kinds.map(() => 0),
  );
  return least;
}

const kind = (m: string, t: string, answers: number): Kind => ({
  cell: { municipality: m, tenure: t },
  answers,
});

describe('shownGroups', () => {
  it.each<[string, Kind[], Record<string, string[]>]>([
    ['shows what is large enough', [kind('a', 'x', 6), kind('b', 'x', 7)], { municipality: ['a', 'b'] }],
    ['shows nothing of a wave that few answered', [kind('a', 'x', 4)], { municipality: [] }],
    [
      'hides a second group when one alone would follow from the total',
      [kind('a', 'x', 9), kind('b', 'x', 6), kind('c', 'x', 3)],
      { municipality: ['a'] },
    ],
    [
      'lets small groups hide each other',
      [kind('a', 'x', 9), kind('b', 'x', 4), kind('c', 'x', 3)],
      { municipality: ['a'] },
    ],
    [
      'counts those of no group of their own',
      [kind('a', 'x', 9), kind('b', 'x', 6), kind('other', 'x', 5)],
      { municipality: ['a', 'b'] },
    ],
  ])('%s', (_, kinds, expected) => {
    expect(keys(shownOf(kinds, ['municipality']))).toEqual(expected);
  });

  it('hides a group that lies within another one but for a few', () => {
    // All of a are new; were both shown, the two others who are new could be reckoned.
    const kinds = [kind('a', 'new', 8), kind('b', 'new', 2), kind('b', 'old', 9)];
    const shown = shownOf(kinds, ['municipality', 'tenure']);
    expect(leastTold(kinds, shown)).toBeGreaterThanOrEqual(K);
    expect([...shown.values()].some((set) => set.size > 0)).toBe(true);
  });

  it('sees what follows from three divisions together', () => {
    const three = (m: string, t: string, c: string, answers: number): Kind => ({
      cell: { municipality: m, tenure: t, completed: c },
      answers,
    });
    const kinds = [
      three('a', 'old', '1', 8),
      three('b', 'new', '1', 6),
      three('b', 'new', '0', 2),
      three('b', 'old', '0', 7),
      three('c', 'old', '0', 9),
    ];
    const names = ['municipality', 'tenure', 'completed'];
    expect(leastTold(kinds, shownOf(kinds, names))).toBeGreaterThanOrEqual(K);
  });

  it('knows that where nobody answered there is nothing between two groups', () => {
    // Nobody of b is new, as the equal numbers of a and new show; so b − old leaves nobody either.
    const kinds = [kind('a', 'new', 8), kind('b', 'new', 0), kind('b', 'old', 9)];
    const shown = shownOf(kinds, ['municipality', 'tenure']);
    expect(keys(shown)).toEqual({ municipality: ['a', 'b'], tenure: ['new', 'old'] });
  });

  it('never tells anything of a few, however everything is added and subtracted', () => {
    const anyKind = fc.record({
      municipality: fc.constantFrom('a', 'b', 'c', 'other'),
      tenure: fc.constantFrom('new', 'old', 'other'),
      completed: fc.constantFrom('1', '0', 'other'),
      answers: fc.oneof(fc.nat(3), fc.nat(14)),
    });
    fc.assert(
      fc.property(fc.array(anyKind, { minLength: 1, maxLength: 7 }), (list) => {
        const kinds = list.map(({ answers, ...cell }) => ({ cell, answers }));
        const shown = shownOf(kinds, ['municipality', 'tenure', 'completed']);
        expect(leastTold(kinds, shown)).toBeGreaterThanOrEqual(K);
      }),
      { numRuns: 300 },
    );
  });
});
