import fc from 'fast-check';
import { bestOf, isSameStanding, rollUp, UNTOUCHED, type UnitStanding } from './rollup.rules.js';

const unit: fc.Arbitrary<UnitStanding> = fc.record({
  completion: fc.constantFrom('completed', 'incomplete', null),
  success: fc.constantFrom('passed', 'failed', null),
  scoreScaled: fc.option(fc.constantFrom(-1, 0, 0.5, 1)),
});
const said = (
  completion: UnitStanding['completion'],
  success: UnitStanding['success'] = null,
  scoreScaled: number | null = null,
): UnitStanding => ({ completion, success, scoreScaled });

describe('rollUp', () => {
  it.each<[string, UnitStanding[], UnitStanding]>([
    ['nothing', [], UNTOUCHED],
    ['one unit is the whole', [said('incomplete', 'passed', 0.4)], said('incomplete', 'passed', 0.4)],
    ['all completed', [said('completed'), said('completed')], said('completed')],
    ['one not yet', [said('completed'), said(null)], said('incomplete')],
    [
      'one without a result of its own',
      [said('completed'), said('completed', 'passed', 0.8)],
      said('completed', 'passed', 0.8),
    ],
    ['passed, the other not done', [said('incomplete'), said('completed', 'passed')], said('incomplete')],
    ['one failed', [said('completed', 'passed'), said('completed', 'failed')], said('completed', 'failed')],
    [
      'the mean of the scores there are',
      [said('completed', null, 0.5), said('completed', null, 1), said('completed')],
      said('completed', null, 0.75),
    ],
  ])('%s', (_, units, whole) => {
    expect(rollUp(units)).toEqual(whole);
  });

  it('does not depend on the order of the units', () => {
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 5 }), (units) => {
        const { scoreScaled: forward, ...rest } = rollUp(units);
        const { scoreScaled: backward, ...other } = rollUp(units.toReversed());
        expect(rest).toEqual(other);
        expect(forward ?? 9).toBeCloseTo(backward ?? 9, 10);
      }),
    );
  });
});

describe('bestOf', () => {
  it('is the same under any order and repetition, and never loses what was reached', () => {
    fc.assert(
      fc.property(unit, unit, unit, (a, b, c) => {
        expect(bestOf(a, b)).toEqual(bestOf(b, a));
        expect(bestOf(bestOf(a, b), c)).toEqual(bestOf(a, bestOf(b, c)));
        expect(bestOf(a, a)).toEqual(a);
        if (a.completion === 'completed') expect(bestOf(a, b).completion).toBe('completed');
        if (a.success === 'passed') expect(bestOf(a, b).success).toBe('passed');
        expect(isSameStanding(bestOf(bestOf(a, b), b), bestOf(a, b))).toBe(true);
      }),
    );
  });
});
