import fc from 'fast-check';
import { leaderMailTaker, type MailTaker } from './leader-mail.rules.js';

const there = (personId: number): MailTaker => ({ personId, isInOffice: true, isAway: false });
const away = (personId: number): MailTaker => ({ ...there(personId), isAway: true });
const gone = (personId: number): MailTaker => ({ ...there(personId), isInOffice: false });

describe('leaderMailTaker', () => {
  it.each([
    ['the leader', there(1), there(2), there(3), { personId: 1, as: 'leader' }],
    ['the deputy of a leader who is away', away(1), there(2), there(3), { personId: 2, as: 'deputy' }],
    [
      'the first leader when there is no deputy',
      away(1),
      null,
      there(3),
      { personId: 3, as: 'first_leader' },
    ],
    [
      'the first leader when the deputy is away too',
      away(1),
      away(2),
      there(3),
      { personId: 3, as: 'first_leader' },
    ],
    [
      'the first leader when the leader has left',
      gone(1),
      null,
      there(3),
      { personId: 3, as: 'first_leader' },
    ],
    ['nobody when all are away', away(1), away(2), away(3), null],
    ['nobody when there is nobody', null, null, null, null],
  ])('%s', (_, leader, deputy, first, expected) => {
    expect(leaderMailTaker(leader, deputy, first)).toEqual(expected);
  });

  it('never chooses somebody who is away or out of office, and nobody only when all are', () => {
    const taker = fc.option(
      fc.record({ personId: fc.nat({ max: 9 }), isInOffice: fc.boolean(), isAway: fc.boolean() }),
    );
    fc.assert(
      fc.property(taker, taker, taker, (a, b, c) => {
        const able = [a, b, c].filter((one) => one?.isInOffice && !one.isAway);
        const chosen = leaderMailTaker(a, b, c);
        expect(chosen === null).toBe(able.length === 0);
        if (chosen) expect(able.map((one) => one!.personId)).toContain(chosen.personId);
      }),
    );
  });
});
