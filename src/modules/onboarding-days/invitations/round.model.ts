import { Injectable } from '@nestjs/common';
import type { Principal } from '../../../common/access/principal.js';
import { seesAll } from '../../../common/access/scope.js';
import { DomainError } from '../../../common/domain-error.js';
import { pageOfWhole } from '../../../common/pagination.js';
import { queryString } from '../../../web/query-string.js';
import { InvitationDays, type InvitedDay } from './invitation-days.js';
import { InvitationQueries, type InviteeRow, type RoundRow } from './invitation.queries.js';
import { mayLeaderAnswer, type InvitationState } from './invitation.rules.js';

/** What of a round is to be seen. */
export interface RoundFilter {
  vis: 'alle' | 'mangler';
  cursor?: string | undefined;
}

const A_PAGE = 50;
const WAITING: readonly InvitationState[] = ['leader_waiting', 'agent_waiting'];

/** What the page of a round shows. */
@Injectable()
export class RoundModel {
  constructor(
    private readonly days: InvitationDays,
    private readonly queries: InvitationQueries,
  ) {}

  /** To the secretariat how it goes, to a leader the own agents. @throws DomainError `not_found` */
  async of(roundId: number, principal: Principal, filter: RoundFilter) {
    const round = await this.queries.round(roundId);
    if (!round) throw new DomainError('not_found', 'not_found');
    const own = await this.queries.invitees(roundId, principal.municipalityCodes);
    const isOverseer = seesAll(principal);
    if (!isOverseer && own.length === 0) throw new DomainError('not_found', 'not_found');
    const day = await this.days.find(round.dayId);
    return {
      round,
      day,
      own: own.length > 0 ? this.ownPart(own, round, day) : null,
      all: isOverseer ? allPart(await this.queries.invitees(roundId), filter) : null,
      isOver: !day.isOpen || round.answerBy < this.days.today(),
    };
  }

  private ownPart(own: readonly InviteeRow[], round: RoundRow, day: InvitedDay) {
    const today = this.days.today();
    const rows = own.map((invitee) => ({
      ...invitee,
      isYes: invitee.leaderAnswer === 'yes',
      mayAnswer: mayLeaderAnswer(invitee.state, { ...round, day }, today),
    }));
    return {
      open: rows.filter(({ mayAnswer }) => mayAnswer),
      settled: rows.filter(({ mayAnswer }) => !mayAnswer),
      isAnswered: rows.every(({ state }) => state !== 'leader_waiting'),
    };
  }
}

/** A round holds a few hundred agents at most. */
function allPart(all: readonly InviteeRow[], { vis, cursor }: RoundFilter) {
  const states = [...new Set(all.map(({ state }) => state))].sort();
  const shown = vis === 'mangler' ? all.filter(({ state }) => WAITING.includes(state)) : all;
  const page = pageOfWhole(shown, { limit: A_PAGE, cursor });
  const leadersWaiting = all.filter(({ state }) => state === 'leader_waiting');
  return {
    invited: all.length,
    counts: states.map((state) => ({ state, count: all.filter((one) => one.state === state).length })),
    leaders: leadersOf(leadersWaiting),
    rows: page.items,
    showsWaiting: vis === 'mangler',
    firstQuery: cursor && queryString({ vis }),
    nextQuery: page.nextCursor && queryString({ vis, cursor: page.nextCursor }),
  };
}

function leadersOf(waiting: readonly InviteeRow[]) {
  const leaders = new Map<string, { name: string | null; municipalityName: string; count: number }>();
  for (const { leaderId, leaderName, municipalityCode, municipalityName } of waiting) {
    const key = `${leaderId} ${municipalityCode}`;
    leaders.set(key, { name: leaderName, municipalityName, count: (leaders.get(key)?.count ?? 0) + 1 });
  }
  return [...leaders.values()];
}
