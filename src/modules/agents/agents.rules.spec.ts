import { conflictWith, leaderFor } from './agents.rules.js';

describe('conflictWith', () => {
  it('names the agent within the municipality', () => {
    expect(conflictWith({ agentId: 7, municipalityCode: '751' }, '751')).toEqual({
      code: 'agent_already_registered',
      agentId: 7,
    });
  });

  it('gives nothing away to another municipality', () => {
    expect(conflictWith({ agentId: 7, municipalityCode: '615' }, '751')).toEqual({
      code: 'agent_known_elsewhere',
    });
  });
});

describe('leaderFor', () => {
  const base = { named: undefined, registering: 9, first: null, leadersOfMunicipality: [1, 2] };
  it.each([
    ['the one named', { ...base, named: 2, first: 1 }, { leaderId: 2 }],
    ['nobody from elsewhere', { ...base, named: 3 }, { fault: 'unknown_leader' }],
    ['the first leader', { ...base, registering: 2, first: 1 }, { leaderId: 1 }],
    ['the leader who registers when there is no first', { ...base, registering: 2 }, { leaderId: 2 }],
    ['another when the first no longer leads', { ...base, first: 7 }, { leaderId: 1 }],
    ['nobody when there is none', { ...base, leadersOfMunicipality: [] }, { leaderId: null }],
  ])('%s', (_, choice, expected) => {
    expect(leaderFor(choice)).toEqual(expected);
  });
});
