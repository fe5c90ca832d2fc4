import fc from 'fast-check';
import type { Finding } from '../insight.js';
import { forViewer, isPublishable } from './for-viewer.rules.js';
import { joinedUntilLarge, largeEnough } from './large-enough.rules.js';

const FINDING: Finding = {
  effect: { value: 6.128, low: 3.91, high: 8.345, unit: 'percentage_points' },
  groupUnit: 'share',
  groups: [
    { key: 'with_day', people: 90, calls: 12_345, value: 0.61234, low: 0.6, high: 0.62 },
    { key: 'without_day', people: 9, calls: 851, value: 0.55, low: 0.5, high: 0.6 },
  ],
  figures: [{ key: 'adjusted', value: 4.06, low: 2.01, high: 6.11, unit: 'percentage_points' }],
  notes: [
    { key: 'both_sides', args: { n: 30 } },
    { key: 'few_calls_left_out', args: { n: 3, calls: 30 } },
  ],
  municipalities: [
    { code: '615', people: 20, value: 0.61119, low: 0.5, high: 0.7 },
    { code: '751', people: 50, value: 0.6, low: null, high: null },
  ],
  table: { columns: ['group'], rows: [['with_day']] },
  notAnswerable: null,
};

const sizes = fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 12 });
const groups = (list: readonly number[]) => list.map((people, n) => ({ n, people }));
const total = (list: readonly { people: number }[]) => list.reduce((sum, { people }) => sum + people, 0);

describe('largeEnough', () => {
  it.each([
    [[], []],
    [
      [5, 6],
      [5, 6],
    ],
    [[4, 6, 9], [9]],
    [
      [4, 1, 6, 9],
      [6, 9],
    ],
    [[4, 6], []],
    [[3], []],
  ])('of %j shows %j', (people, expected) => {
    expect(largeEnough(groups(people)).map((one) => one.people)).toEqual(expected);
  });

  it('leaves nobody to be told from the total', () => {
    fc.assert(
      fc.property(sizes, (list) => {
        const shown = largeEnough(groups(list));
        const hidden = total(groups(list)) - total(shown);
        expect(shown.every(({ people }) => people >= 5)).toBe(true);
        expect(hidden === 0 || hidden >= 5 || shown.length === 0).toBe(true);
      }),
    );
  });
});

describe('joinedUntilLarge', () => {
  it('joins neighbours, and loses nobody unless all are fewer than five', () => {
    fc.assert(
      fc.property(sizes, (list) => {
        const joined = joinedUntilLarge(groups(list), (one, next) => ({
          n: one.n,
          people: one.people + next.people,
        }));
        expect(joined.every(({ people }) => people >= 5)).toBe(true);
        const all = total(groups(list));
        expect(total(joined)).toBe(all >= 5 ? all : 0);
      }),
    );
  });
});

describe('forViewer', () => {
  it('gives all to whoever sees all', () => {
    expect(forViewer(FINDING, { kind: 'all' })).toBe(FINDING);
  });

  it('rounds for a leader, and gives the own municipality alone', () => {
    const seen = forViewer(FINDING, { kind: 'leader', codes: ['615', '791'] });
    expect(seen.effect).toEqual({ value: 6.1, low: 3.9, high: 8.3, unit: 'percentage_points' });
    expect(seen.groups.map(({ calls, value }) => [calls, value])).toEqual([
      [12_300, 0.612],
      [900, 0.55],
    ]);
    expect(seen.municipalities).toEqual([{ code: '615', people: 20, value: 0.611, low: 0.5, high: 0.7 }]);
    expect(seen.notes).toEqual([{ key: 'both_sides', args: { n: 30 } }]);
    expect(seen.table.rows).toEqual([]);
  });

  it('gives a leader nothing that may not be shared, and no number below five', () => {
    const few = { ...FINDING, groups: [{ ...FINDING.groups[0]!, people: 4 }, FINDING.groups[1]!] };
    const seen = forViewer(few, { kind: 'leader', codes: [] });
    expect([seen.effect, seen.groups, seen.figures, seen.municipalities]).toEqual([null, [], [], []]);
    const missing = { ...FINDING, notAnswerable: { reason: 'few_without' as const, n: 3 } };
    expect(forViewer(missing, { kind: 'leader', codes: [] }).notAnswerable).toEqual({
      reason: 'few_without',
      n: null,
    });
    expect(forViewer(missing, { kind: 'all' }).notAnswerable!.n).toBe(3);
  });
});

describe('isPublishable', () => {
  it.each<[string, Partial<Finding>, boolean]>([
    ['an answer', {}, true],
    ['two shares side by side', { effect: null }, true],
    ['one share alone', { effect: null, groups: [FINDING.groups[0]!] }, false],
    ['an effect without an interval', { effect: { ...FINDING.effect!, low: null, high: null } }, false],
    ['no groups', { groups: [] }, false],
    ['a small group', { groups: [{ ...FINDING.groups[0]!, people: 4 }] }, false],
    ['no answer', { notAnswerable: { reason: 'no_data', n: 0 } }, false],
  ])('%s', (_, changes, expected) => {
    expect(isPublishable({ ...FINDING, ...changes })).toBe(expected);
  });
});
