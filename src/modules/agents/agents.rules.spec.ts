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
  const base = { named: undefined, registering: undefined, first: null, leadersOfMunicipality: [1, 2] };
  it.each([
    ['the one named', { ...base, named: 2, first: 1 }, { leaderId: 2 }],
    ['nobody from elsewhere', { ...base, named: 3 }, { fault: 'unknown_leader' }],
    ['the leader who registers', { ...base, registering: 2, first: 1 }, { leaderId: 2 }],
    [
      'the first leader when the secretariat registers',
      { ...base, registering: 9, first: 1 },
      { leaderId: 1 },
    ],
    ['any leader when there is no first', base, { leaderId: 1 }],
    ['nobody when there is none', { ...base, leadersOfMunicipality: [] }, { leaderId: null }],
  ])('%s', (_, choice, expected) => {
    expect(leaderFor(choice)).toEqual(expected);
  });
});
