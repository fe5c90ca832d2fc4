import { Injectable } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import { DomainError } from '../../../common/domain-error.js';
import type { LocalDate } from '../../../common/local-date.js';
import { Idempotency, type IdempotentCall } from '../../../database/idempotency.js';
import { insertRow, insertRows, lockClause, placeholders, selectRows } from '../../../database/sql.js';
import type { Tx } from '../../../database/unit-of-work.js';
import { AuditService } from '../../audit/index.js';
import type { InvitationRound } from '../entities/invitation-round.entity.js';
import type { Invitee } from '../entities/invitee.entity.js';
import { InvitationQueries, type LedAgent } from './invitation.queries.js';
import { answerByFault } from './invitation.rules.js';
import { RoundSending } from './round-sending.js';

/** Whom a round is about, and until when the leaders answer. */
export interface NewRound {
  agentIds: readonly number[];
  answerBy: LocalDate;
}

const TOGETHER = 500;

/** Begins a round: existing agents who have never attended are invited to a day, their leaders first. */
@Injectable()
export class InvitationRoundService {
  constructor(
    private readonly clock: Clock,
    private readonly idempotency: Idempotency,
    private readonly queries: InvitationQueries,
    private readonly sending: RoundSending,
    private readonly audit: AuditService,
  ) {}

  /**
   * Invites those of the agents who can still be invited, and asks each of their leaders by one mail.
   * @throws DomainError `not_found`, `day_cancelled`, `booking_closed`, `invalid_round`, `nobody_to_invite`
   */
  begin(dayId: number, { agentIds, answerBy }: NewRound, by: { personId: number }, call: IdempotentCall) {
    return this.idempotency.run(call, async (tx) => {
      await holdAgents(tx, agentIds);
      const day = await this.sending.days.hold(tx, dayId);
      const fault = answerByFault(answerBy, day, this.sending.days.today());
      if (fault)
        throw new DomainError('invalid_round', 'rule', { faults: [{ field: 'answerBy', code: fault }] });
      const invited = await this.queries.candidates(dayId, agentIds, tx);
      if (invited.length === 0) throw new DomainError('nobody_to_invite', 'conflict');
      const id = await this.insert(tx, { dayId, answerBy, byPersonId: by.personId }, invited);
      await this.sending.ask(tx, { id, answerBy, day }, invited);
      await this.audit.record(tx, {
        actorPersonId: by.personId,
        action: 'invitation_round.begun',
        subjectType: 'onboarding_day',
        subjectId: dayId,
        detail: { round: id, invited: invited.length },
      });
      return { id };
    });
  }

  private async insert(
    tx: Tx,
    round: Omit<InvitationRound, 'id' | 'createdAt'>,
    invited: readonly LedAgent[],
  ): Promise<number> {
    const createdAt = this.clock.now();
    const roundId = await insertRow<InvitationRound>(tx, 'invitation_round', { ...round, createdAt });
    for (let from = 0; from < invited.length; from += TOGETHER)
      await insertRows<Invitee>(
        tx,
        'invitee',
        invited.slice(from, from + TOGETHER).map(({ agentId }) => asked(roundId, agentId)),
      );
    return roundId;
  }
}

function asked(roundId: number, agentId: number): Omit<Invitee, 'id'> {
  return {
    roundId,
    agentId,
    leaderAnswer: 'waiting',
    leaderAnsweredAt: null,
    leaderAnsweredByPersonId: null,
    agentAnswer: 'waiting',
    agentAnsweredAt: null,
  };
}

/** Agents before days, as everybody does who takes both. */
async function holdAgents(tx: Tx, agentIds: readonly number[]): Promise<void> {
  if (agentIds.length === 0) throw new DomainError('nobody_to_invite', 'conflict');
  await selectRows(
    tx,
    `SELECT id FROM agent WHERE id IN (${placeholders(agentIds)}) ORDER BY id${lockClause(tx)}`,
    agentIds,
  );
}
