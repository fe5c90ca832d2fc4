import fc from 'fast-check';
import { proposedCoach, type CoachCandidate } from './coach.rules.js';

const coach = (personId: number, changes: Partial<CoachCandidate> = {}): CoachCandidate => ({
  personId,
  municipalityCode: '615',
  isAbsent: false,
  load: 0,
  lastAskedAt: null,
  ...changes,
});

describe('proposedCoach', () => {
  it.each([
    ['the one with fewer talks', [coach(1, { load: 2 }), coach(2, { load: 1 })], 2],
    ['nobody of the own municipality', [coach(1, { municipalityCode: '751' }), coach(2, { load: 9 })], 2],
    ['nobody who is away', [coach(1, { isAbsent: true }), coach(2, { load: 9 })], 2],
    [
      'the one whose last talk lies longest back',
      [coach(1, { lastAskedAt: new Date('2026-10-01') }), coach(2, { lastAskedAt: new Date('2026-09-01') })],
      2,
    ],
    ['nobody when there is none', [coach(1, { municipalityCode: '751' })], undefined],
  ])('proposes %s', (_, candidates, expected) => {
    expect(proposedCoach(candidates, '751')?.personId).toBe(expected);
  });

  it('never proposes somebody of the own municipality, and spreads the load', () => {
    const one = fc.record({
      personId: fc.nat(20),
      municipalityCode: fc.constantFrom('751', '615', '791'),
      isAbsent: fc.boolean(),
      load: fc.nat(5),
      lastAskedAt: fc.option(fc.date({ noInvalidDate: true })),
    });
    fc.assert(
      fc.property(fc.array(one), (candidates) => {
        const found = proposedCoach(candidates, '751');
        const able = candidates.filter((other) => other.municipalityCode !== '751' && !other.isAbsent);
        if (!found) return expect(able).toEqual([]);
        expect(found.municipalityCode).not.toBe('751');
        expect(found.load).toBe(Math.min(...able.map(({ load }) => load)));
      }),
    );
  });
});
