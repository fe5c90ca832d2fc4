import fc from 'fast-check';
import { coachFault, proposedCoach, type CoachCandidate, type CoachedAgent } from './coach.rules.js';

const AGENT: CoachedAgent = { personId: 90, municipalityCode: '751', leaderId: 80 };

const coach = (personId: number, changes: Partial<CoachCandidate> = {}): CoachCandidate => ({
  personId,
  municipalityCode: '615',
  otherCodes: [],
  isAbsent: false,
  load: 0,
  lastAskedAt: null,
  ...changes,
});

describe('coachFault', () => {
  it.each([
    ['somebody from elsewhere', coach(1), undefined],
    ['somebody of the own municipality', coach(1, { municipalityCode: '751' }), 'coach_same_municipality'],
    ['somebody who also takes calls there', coach(1, { otherCodes: ['751'] }), 'coach_same_municipality'],
    ['the own leader, who has gone elsewhere', coach(80), 'coach_is_leader'],
    ['the agent, who has a role elsewhere', coach(90), 'coach_is_agent'],
    ['somebody who is away', coach(1, { isAbsent: true }), undefined],
  ])('of %s', (_, candidate, expected) => {
    expect(coachFault(candidate, AGENT)).toBe(expected);
  });
});

describe('proposedCoach', () => {
  it.each([
    ['the one with fewer talks', [coach(1, { load: 2 }), coach(2, { load: 1 })], 2],
    ['nobody of the own municipality', [coach(1, { municipalityCode: '751' }), coach(2, { load: 9 })], 2],
    ['nobody who is away', [coach(1, { isAbsent: true }), coach(2, { load: 9 })], 2],
    ['nobody who leads the agent', [coach(80), coach(2, { load: 9 })], 2],
    [
      'the one whose last talk lies longest back',
      [coach(1, { lastAskedAt: new Date('2026-10-01') }), coach(2, { lastAskedAt: new Date('2026-09-01') })],
      2,
    ],
    ['nobody when there is none', [coach(1, { municipalityCode: '751' })], undefined],
  ])('proposes %s', (_, candidates, expected) => {
    expect(proposedCoach(candidates, AGENT)?.personId).toBe(expected);
  });

  const code = fc.constantFrom('751', '615', '791');
  const one = fc.record({
    personId: fc.nat(20),
    municipalityCode: code,
    otherCodes: fc.array(code, { maxLength: 2 }),
    isAbsent: fc.boolean(),
    load: fc.nat(5),
    lastAskedAt: fc.option(fc.date({ noInvalidDate: true })),
  });
  const agents = fc.record({ personId: fc.nat(20), municipalityCode: code, leaderId: fc.option(fc.nat(20)) });

  it('never proposes somebody of the own municipality, the own leader or the agent', () => {
    fc.assert(
      fc.property(fc.array(one), agents, (candidates, agent) => {
        const found = proposedCoach(candidates, agent);
        const able = candidates.filter(
          (other) =>
            ![other.municipalityCode, ...other.otherCodes].includes(agent.municipalityCode) &&
            other.personId !== agent.leaderId &&
            other.personId !== agent.personId &&
            !other.isAbsent,
        );
        if (!found) return expect(able).toEqual([]);
        expect(able).toContain(found);
        expect(found.load).toBe(Math.min(...able.map(({ load }) => load)));
      }),
    );
  });

  it('spreads the talks evenly: after any number of them no two who are able differ by more than one', () => {
    const people = fc.uniqueArray(fc.nat(20), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(people, fc.nat(30), (ids, talks) => {
        const coaches = ids.map((personId) => coach(personId));
        for (let n = 0; n < talks; n += 1) {
          const asked = proposedCoach(coaches, AGENT)!;
          asked.load += 1;
          asked.lastAskedAt = new Date(n);
        }
        const loads = coaches.map(({ load }) => load);
        expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(1);
      }),
    );
  });
});
