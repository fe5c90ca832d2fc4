import { groupsOf, tenureOf, type Asked } from './invitation.rules.js';

const TODAY = '2026-11-30';
const asked = (changes: Partial<Asked> = {}): Asked => ({
  municipalityCode: '751',
  startOn: '2020-01-01',
  isCompleted: true,
  hasAttended: true,
  ...changes,
});
const times = (n: number, changes?: Partial<Asked>) => Array.from({ length: n }, () => asked(changes));

describe('tenureOf', () => {
  it.each([
    ['2026-11-30', 'under_1_year'],
    ['2025-12-01', 'under_1_year'],
    ['2025-11-30', '1_to_3_years'],
    ['2023-12-01', '1_to_3_years'],
    ['2023-11-30', 'over_3_years'],
  ])('of somebody who began on %s is %s', (startOn, band) => {
    expect(tenureOf(startOn, TODAY)).toBe(band);
  });
});

describe('groupsOf', () => {
  it('keeps what enough share, and puts the others together', () => {
    const people = [
      ...times(6),
      ...times(3, { municipalityCode: '615' }),
      ...times(2, { municipalityCode: '791', hasAttended: false }),
    ];
    const groups = groupsOf(people, TODAY, 5);
    expect(groups.map(({ municipalityGroup }) => municipalityGroup)).toEqual([
      ...Array(6).fill('751'),
      ...Array(5).fill('other'),
    ]);
    // Two have stamps of their own: a row without stamps would be one of theirs, so nobody has any.
    expect(new Set(groups.map(({ stamps }) => stamps))).toEqual(new Set([null]));
    expect(new Set(groups.map(({ tenureGroup }) => tenureGroup))).toEqual(new Set(['over_3_years']));
  });

  it('keeps every combination of stamps that enough share', () => {
    const people = [...times(7), ...times(5, { hasAttended: false }), ...times(5, { isCompleted: false })];
    expect(groupsOf(people, TODAY, 5).map(({ stamps }) => stamps)).toEqual([
      ...Array(7).fill('11'),
      ...Array(5).fill('10'),
      ...Array(5).fill('01'),
    ]);
  });
});
