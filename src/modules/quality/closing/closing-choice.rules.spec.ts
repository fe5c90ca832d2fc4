import fc from 'fast-check';
import { ASSESSED_OUTCOMES } from './assessment.rules.js';
import { chosenOf, type Choosable } from './closing-choice.rules.js';
import { EXCLUSION_REASONS } from './exclusion.rules.js';

/** Somebody who takes no calls. */
const BY = 1;

const AGENTS: Choosable[] = [
  { agentId: 1, agent: { personId: 101 }, outcome: 'hit', untickedFor: null },
  { agentId: 2, agent: { personId: 102 }, outcome: 'hit', untickedFor: null },
  { agentId: 3, agent: { personId: 103 }, outcome: 'hit', untickedFor: 'too_few_calls' },
  { agentId: 4, agent: { personId: 104 }, outcome: 'follow_up', untickedFor: null },
  { agentId: 5, agent: { personId: 105 }, outcome: 'watch', untickedFor: null },
];

describe('chosenOf', () => {
  it('takes in who is ticked, and notes why the others are not', () => {
    expect(chosenOf(AGENTS, { excluded: [], included: [] }, BY)).toEqual({
      taken: [1, 2],
      left: [{ agentId: 3, reason: 'too_few_calls' }],
      faults: [],
    });
  });

  it('leaves out with a reason, and takes in on demand', () => {
    const choice = { excluded: [{ agentId: 2, reason: 'other_tasks' as const }], included: [3] };
    expect(chosenOf(AGENTS, choice, BY)).toEqual({
      taken: [1, 3],
      left: [{ agentId: 2, reason: 'other_tasks' }],
      faults: [],
    });
  });

  it.each([
    ['somebody on the watch list', { excluded: [], included: [5] }, ['included.0']],
    ['somebody who is not there', { excluded: [], included: [1, 99] }, ['included.1']],
    [
      'out of nothing',
      { excluded: [{ agentId: 5, reason: 'other' as const }], included: [] },
      ['excluded.0.agentId'],
    ],
    ['in and out', { excluded: [{ agentId: 1, reason: 'other' as const }], included: [1] }, ['included.0']],
    // Somebody else has closed in between, or the same click came twice.
    ['nothing: a follow-up', { excluded: [{ agentId: 4, reason: 'other' as const }], included: [] }, []],
    ['nothing: a follow-up taken in', { excluded: [], included: [4] }, []],
  ])('refuses %s', (_, choice, fields) => {
    expect(chosenOf(AGENTS, choice, BY).faults.map(({ field }) => field)).toEqual(fields);
  });

  it('refuses to take out whoever closes, but not to leave out those with too few calls', () => {
    const excluded = [{ agentId: 2, reason: 'other' as const }];
    expect(chosenOf(AGENTS, { excluded, included: [] }, 102).faults).toEqual([
      { field: 'excluded.0.agentId', code: 'own_case' },
    ]);
    expect(chosenOf(AGENTS, { excluded, included: [] }, 103)).toMatchObject({ taken: [1], faults: [] });
  });

  it('loses no hit and takes nobody else', () => {
    const agent = fc.record({
      agentId: fc.nat(20),
      agent: fc.constant({ personId: 100 }),
      outcome: fc.constantFrom(...ASSESSED_OUTCOMES),
      untickedFor: fc.option(fc.constantFrom(...EXCLUSION_REASONS)),
    });
    const agents = fc.uniqueArray(agent, { selector: ({ agentId }) => agentId });
    const choice = fc.record({
      excluded: fc.uniqueArray(
        fc.record({ agentId: fc.nat(20), reason: fc.constantFrom(...EXCLUSION_REASONS) }),
        { selector: ({ agentId }) => agentId },
      ),
      included: fc.uniqueArray(fc.nat(20)),
    });
    fc.assert(
      fc.property(agents, choice, (all, choices) => {
        const { taken, left } = chosenOf(all, choices, BY);
        const hits = all.filter(({ outcome }) => outcome === 'hit').map(({ agentId }) => agentId);
        const told = [...taken, ...left.map(({ agentId }) => agentId)];
        expect(told.sort((a, b) => a - b)).toEqual(hits.sort((a, b) => a - b));
        for (const { agentId } of choices.excluded) expect(taken).not.toContain(agentId);
      }),
    );
  });
});
