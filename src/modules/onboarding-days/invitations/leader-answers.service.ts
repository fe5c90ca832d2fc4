import { Injectable } from '@nestjs/common';
import type { Principal } from '../../../common/access/principal.js';
import { Clock } from '../../../common/clock.js';
import { DomainError } from '../../../common/domain-error.js';
import { execute, lockClause, selectRows } from '../../../database/sql.js';
import { UnitOfWork, type Tx } from '../../../database/unit-of-work.js';
import { AuditService } from '../../audit/index.js';
import type { InvitedDay } from './invitation-days.js';
import { InvitationMail } from './invitation.mail.js';
import { InvitationQueries, type InviteeRow } from './invitation.queries.js';
import { mayLeaderAnswer } from './invitation.rules.js';

/** A leader's answers: of those that were shown, these may go. */
export interface LeaderAnswers {
  shown: readonly number[];
  yes: readonly number[];
}

/** Takes the answers of leaders: who of their agents may go. */
@Injectable()
export class LeaderAnswersService {
  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly queries: InvitationQueries,
    private readonly mail: InvitationMail,
    private readonly audit: AuditService,
  ) {}

  /**
   * Notes who may go and who may not; each agent who now may is invited by a mail, once. What the agent has answered already, or
   * what is settled otherwise, stays.
   * @throws DomainError `not_found`, `round_closed`
   */
  async answer(roundId: number, { shown, yes }: LeaderAnswers, by: Principal): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const round = await this.queries.round(roundId, tx);
      if (!round) throw new DomainError('not_found', 'not_found');
      const day = await this.mail.days.find(round.dayId, tx);
      const own = await this.held(tx, roundId, by);
      if (own.length === 0) throw new DomainError('not_found', 'not_found');
      const today = this.mail.days.today();
      const open = own.filter(({ state }) => mayLeaderAnswer(state, { ...round, day }, today));
      if (open.length === 0) throw new DomainError('round_closed', 'conflict');
      for (const invitee of open.filter(({ id }) => shown.includes(id)))
        await this.take(tx, invitee, yes.includes(invitee.id) ? 'yes' : 'no', day, by);
    });
  }

  /** The agents of the leader's own municipality, their invitations locked: a deputy may answer at the same time. */
  private async held(tx: Tx, roundId: number, by: Principal): Promise<InviteeRow[]> {
    const own = await this.queries.invitees(roundId, by.municipalityCodes, tx);
    if (own.length === 0) return [];
    const ids = own.map(({ id }) => id).sort((a, b) => a - b);
    await selectRows(
      tx,
      `SELECT id FROM invitee WHERE id IN (${ids.map(() => '?').join(', ')}) ORDER BY id${lockClause(tx)}`,
      ids,
    );
    return this.queries.invitees(roundId, by.municipalityCodes, tx);
  }

  private async take(
    tx: Tx,
    invitee: InviteeRow,
    answer: 'yes' | 'no',
    day: InvitedDay,
    by: Principal,
  ): Promise<void> {
    if (invitee.leaderAnswer === answer) return;
    const now = this.clock.now();
    await execute(
      tx,
      'UPDATE invitee SET leaderAnswer = ?, leaderAnsweredAt = ?, leaderAnsweredByPersonId = ? WHERE id = ?',
      [answer, now, by.personId, invitee.id],
    );
    if (answer === 'yes') await this.mail.queue(tx, invitee, day, now);
    await this.audit.record(tx, {
      actorPersonId: by.personId,
      action: `invitation.leader_${answer}`,
      subjectType: 'agent',
      subjectId: invitee.agentId,
      detail: { day: day.id },
    });
  }
}
