import fc from 'fast-check';
import { ASSESSED_OUTCOMES } from './assessment.rules.js';
import { chosenOf, type Choosable } from './closing-choice.rules.js';
import { EXCLUSION_REASONS } from './exclusion.rules.js';

const AGENTS: Choosable[] = [
  { agentId: 1, outcome: 'hit', untickedFor: null },
  { agentId: 2, outcome: 'hit', untickedFor: null },
  { agentId: 3, outcome: 'hit', untickedFor: 'too_few_calls' },
  { agentId: 4, outcome: 'follow_up', untickedFor: null },
  { agentId: 5, outcome: 'watch', untickedFor: null },
];

describe('chosenOf', () => {
  it('takes in who is ticked, and notes why the others are not', () => {
    expect(chosenOf(AGENTS, { excluded: [], included: [] })).toEqual({
      taken: [1, 2],
      left: [{ agentId: 3, reason: 'too_few_calls' }],
      faults: [],
    });
  });

  it('leaves out with a reason, and takes in on demand', () => {
    const choice = { excluded: [{ agentId: 2, reason: 'other_tasks' as const }], included: [3] };
    expect(chosenOf(AGENTS, choice)).toEqual({
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
    expect(chosenOf(AGENTS, choice).faults.map(({ field }) => field)).toEqual(fields);
  });

  it('loses no hit and takes nobody else', () => {
    const agent = fc.record({
      agentId: fc.nat(20),
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
        const { taken, left } = chosenOf(all, choices);
        const hits = all.filter(({ outcome }) => outcome === 'hit').map(({ agentId }) => agentId);
        const told = [...taken, ...left.map(({ agentId }) => agentId)];
        expect(told.sort((a, b) => a - b)).toEqual(hits.sort((a, b) => a - b));
        for (const { agentId } of choices.excluded) expect(taken).not.toContain(agentId);
      }),
    );
  });
});
