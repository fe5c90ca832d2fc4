import {
  answerByFault,
  invitationState,
  mayAgentAnswer,
  mayLeaderAnswer,
  type Invited,
} from './invitation.rules.js';

const ASKED: Invited = {
  isEmployed: true,
  hasAttended: false,
  isBooked: false,
  leaderAnswer: 'waiting',
  agentAnswer: 'waiting',
};
const DAY = { on: '2027-03-10', bookBy: '2027-03-03', isCancelled: false };
const ROUND = { answerBy: '2027-02-20', day: DAY };

describe('an invitation', () => {
  it.each<[string, Partial<Invited>, string]>([
    ['waits for the leader first', {}, 'leader_waiting'],
    ['then for the agent', { leaderAnswer: 'yes' }, 'agent_waiting'],
    ['ends with the leader’s no', { leaderAnswer: 'no' }, 'refused'],
    ['ends with the agent’s no', { leaderAnswer: 'yes', agentAnswer: 'no' }, 'declined'],
    ['ends with a seat', { leaderAnswer: 'yes', agentAnswer: 'yes', isBooked: true }, 'booked'],
    ['tells when the seat was given up', { leaderAnswer: 'yes', agentAnswer: 'yes' }, 'left'],
    ['is settled by a seat from elsewhere', { isBooked: true }, 'booked'],
    ['is settled by an attendance', { hasAttended: true, isBooked: true }, 'attended'],
    ['is settled by a departure', { isEmployed: false, hasAttended: true }, 'departed'],
  ])('%s', (_, changes, expected) => {
    expect(invitationState({ ...ASKED, ...changes })).toBe(expected);
  });
});

describe('mayLeaderAnswer', () => {
  it.each([
    ['leader_waiting', '2027-02-20', true],
    ['refused', '2027-02-20', true],
    ['agent_waiting', '2027-02-20', true],
    ['agent_waiting', '2027-02-21', false],
    ['declined', '2027-02-01', false],
    ['booked', '2027-02-01', false],
    ['departed', '2027-02-01', false],
  ] as const)('%s on %s: %s', (state, today, expected) => {
    expect(mayLeaderAnswer(state, ROUND, today)).toBe(expected);
  });

  it('is over when the day is cancelled', () => {
    const cancelled = { ...ROUND, day: { ...DAY, isCancelled: true } };
    expect(mayLeaderAnswer('leader_waiting', cancelled, '2027-02-01')).toBe(false);
  });
});

describe('mayAgentAnswer', () => {
  it.each([
    ['yes', 'agent_waiting', '2027-03-03', true],
    ['yes', 'agent_waiting', '2027-03-04', false],
    ['yes', 'declined', '2027-03-03', true],
    ['yes', 'booked', '2027-03-03', false],
    ['no', 'refused', '2027-03-03', false],
    ['no', 'declined', '2027-03-03', false],
    ['waiting', 'leader_waiting', '2027-03-03', false],
  ] as const)('leader %s, %s on %s: %s', (leaderAnswer, state, today, expected) => {
    expect(mayAgentAnswer({ leaderAnswer, state }, DAY, today)).toBe(expected);
  });
});

describe('answerByFault', () => {
  it.each([
    ['2027-01-31', 'in_the_past'],
    ['2027-02-01', undefined],
    ['2027-03-03', undefined],
    ['2027-03-04', 'after_book_by'],
  ])('%s: %s', (answerBy, expected) => {
    expect(answerByFault(answerBy, DAY, '2027-02-01')).toBe(expected);
  });
});
