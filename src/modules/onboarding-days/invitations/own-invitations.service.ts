import { Injectable } from '@nestjs/common';
import type { Principal } from '../../../common/access/principal.js';
import { Clock } from '../../../common/clock.js';
import { DomainError } from '../../../common/domain-error.js';
import { execute, lockClause, selectRows } from '../../../database/sql.js';
import { UnitOfWork, type Tx } from '../../../database/unit-of-work.js';
import { BookingService } from '../seats/booking.service.js';
import { InvitationDays, type InvitedDay } from './invitation-days.js';
import { InvitationQueries, type InviteeRow } from './invitation.queries.js';
import { mayAgentAnswer } from './invitation.rules.js';

/** An agent's invitation with its day. */
export interface OwnInvitation extends InviteeRow {
  day: InvitedDay;
  mayAnswer: boolean;
}

/** What came of an agent's answer. */
export type AnswerOutcome = 'booked' | 'waitlisted' | 'declined';

/** An agent's own invitations and the answers to them. */
@Injectable()
export class OwnInvitationsService {
  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly days: InvitationDays,
    private readonly queries: InvitationQueries,
    private readonly bookings: BookingService,
  ) {}

  /** The latest invitation that waits for the agent's answer; undefined when none does. */
  async waiting(agentId: number): Promise<OwnInvitation | undefined> {
    const [latest] = (await this.queries.ofAgent(agentId)).filter(({ state }) => state === 'agent_waiting');
    const invitation = latest && (await this.withDay(latest));
    return invitation?.mayAnswer ? invitation : undefined;
  }

  /** One of the agent's invitations, once the leader has said yes. @throws DomainError `not_found` */
  async find(inviteeId: number, agentId: number | null): Promise<OwnInvitation> {
    const own = agentId === null ? [] : await this.queries.ofAgent(agentId);
    return this.withDay(known(own, inviteeId));
  }

  /**
   * Takes the answer; yes books a seat on the day, or a place in line behind the new agents when it is full. The same answer again
   * changes nothing.
   * @throws DomainError `not_found`, `invitation_closed`, or what speaks against the booking
   */
  answer(inviteeId: number, answer: 'yes' | 'no', by: Principal): Promise<AnswerOutcome> {
    return this.unitOfWork.run(async (tx) => {
      await selectRows(tx, `SELECT id FROM invitee WHERE id = ?${lockClause(tx)}`, [inviteeId]);
      const own = by.agentId === null ? [] : await this.queries.ofAgent(by.agentId, tx);
      const invitee = known(own, inviteeId);
      const day = await this.days.find(invitee.dayId, tx);
      if (answer === 'no' && invitee.state === 'declined') return 'declined';
      if (!mayAgentAnswer(invitee, day, this.days.today()))
        throw new DomainError('invitation_closed', 'conflict');
      await execute(tx, 'UPDATE invitee SET agentAnswer = ?, agentAnsweredAt = ? WHERE id = ?', [
        answer,
        this.clock.now(),
        inviteeId,
      ]);
      return answer === 'no' ? 'declined' : this.book(tx, day, invitee, by);
    });
  }

  /** As the agent, whatever else the person is: a leader may book when an agent may not. */
  private async book(tx: Tx, day: InvitedDay, { agentId }: InviteeRow, by: Principal) {
    const { status } = await this.bookings.bookWithin(tx, day.id, agentId, { ...by, strength: 'link' });
    return status;
  }

  private async withDay(invitee: InviteeRow & { dayId: number }): Promise<OwnInvitation> {
    const day = await this.days.find(invitee.dayId);
    return { ...invitee, day, mayAnswer: mayAgentAnswer(invitee, day, this.days.today()) };
  }
}

/** What the leader has not agreed to is not told to the agent. */
function known<T extends InviteeRow>(own: readonly T[], inviteeId: number): T {
  const found = own.find(({ id, leaderAnswer }) => id === inviteeId && leaderAnswer !== 'waiting');
  if (!found) throw new DomainError('not_found', 'not_found');
  return found;
}
