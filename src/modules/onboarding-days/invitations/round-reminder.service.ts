import { Injectable } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import { DomainError } from '../../../common/domain-error.js';
import { lockClause, selectRows } from '../../../database/sql.js';
import { UnitOfWork, type Tx } from '../../../database/unit-of-work.js';
import { AuditService } from '../../audit/index.js';
import { InvitationQueries } from './invitation.queries.js';
import { mayLeaderAnswer, ROUND_PAUSE_MS } from './invitation.rules.js';
import { RoundSending } from './round-sending.js';
import { ROUND_TEMPLATE } from './round.mail.js';

/** Reminds the leaders of a round who have not answered, because the secretariat asks for it. */
@Injectable()
export class RoundReminderService {
  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly queries: InvitationQueries,
    private readonly sending: RoundSending,
    private readonly audit: AuditService,
  ) {}

  /**
   * Mails each of them, unless that was done within a day. Of two who ask at once one finds it done.
   * @returns how many are mailed
   * @throws DomainError `not_found`
   */
  remind(roundId: number, by: { personId: number }): Promise<number> {
    return this.unitOfWork.run(async (tx) => {
      await selectRows(tx, `SELECT id FROM invitation_round WHERE id = ?${lockClause(tx)}`, [roundId]);
      const round = await this.queries.round(roundId, tx);
      if (!round) throw new DomainError('not_found', 'not_found');
      const day = await this.sending.days.find(round.dayId, tx);
      const today = this.sending.days.today();
      const waiting = (await this.queries.invitees(roundId, undefined, tx)).filter(
        ({ state }) => state === 'leader_waiting' && mayLeaderAnswer(state, { ...round, day }, today),
      );
      const lately = await this.askedLately(tx, roundId);
      const asked = await this.sending.askAgain(tx, { ...round, day }, waiting, (id) => !lately.has(id));
      if (asked > 0) await this.note(tx, roundId, asked, by);
      return asked;
    });
  }

  private async askedLately(tx: Tx, roundId: number): Promise<Set<number>> {
    const rows = await selectRows<{ toPersonId: number }>(
      tx,
      `SELECT toPersonId FROM mail WHERE aboutType = 'invitation_round' AND aboutId = ? AND template = ? AND createdAt > ?`,
      [roundId, ROUND_TEMPLATE, new Date(this.clock.now().getTime() - ROUND_PAUSE_MS)],
    );
    return new Set(rows.map(({ toPersonId }) => toPersonId));
  }

  private note(tx: Tx, roundId: number, asked: number, by: { personId: number }): Promise<void> {
    return this.audit.record(tx, {
      actorPersonId: by.personId,
      action: 'invitation_round.reminded',
      subjectType: 'invitation_round',
      subjectId: roundId,
      detail: { asked },
    });
  }
}
