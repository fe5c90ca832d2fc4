import { Injectable } from '@nestjs/common';
import { DomainError } from '../../../common/domain-error.js';
import { emailKey } from '../../../common/email.js';
import type { LocalDate } from '../../../common/local-date.js';
import { execute, lockClause, selectRows } from '../../../database/sql.js';
import type { Tx } from '../../../database/unit-of-work.js';
import { AuditService } from '../../audit/index.js';
import { AttendanceService } from './attendance.service.js';
import { SeatAllocation } from '../seats/seat-allocation.js';
import { SeatWorks } from '../seats/seat-works.js';

/** Who took part when. */
export interface TookPart {
  email: string;
  attendedOn: LocalDate;
  note?: string | undefined;
}

/** Writes an attendance that lies in the past: on the day itself when Vagtklar knows it, else as a date of the agent. */
@Injectable()
export class PastAttendance {
  constructor(
    private readonly works: SeatWorks,
    private readonly allocation: SeatAllocation,
    private readonly attendance: AttendanceService,
    private readonly audit: AuditService,
  ) {}

  /** Nobody is thanked for the past; a seat ahead is given on, and that is told. @returns the agent @throws DomainError `not_found` */
  async write(tx: Tx, { email, attendedOn, note }: TookPart, actorPersonId: number): Promise<number> {
    const agentId = await this.held(tx, email);
    const [day] = await selectRows<{ id: number }>(
      tx,
      `SELECT d.id FROM onboarding_day d WHERE d.onDate = ? AND d.cancelledAt IS NULL
        ORDER BY (SELECT COUNT(*) FROM booking b WHERE b.dayId = d.id AND b.agentId = ? AND b.status = 'booked') DESC, d.id
        LIMIT 1`,
      [attendedOn, agentId],
    );
    if (day) {
      const mark = { agentId, status: 'attended' as const, note: note ?? null };
      await this.attendance.markWithin(tx, day.id, [mark], { personId: actorPersonId, source: 'import' });
    } else await this.writeDate(tx, agentId, attendedOn, actorPersonId);
    return agentId;
  }

  private async held(tx: Tx, email: string): Promise<number> {
    const [agent] = await selectRows<{ id: number }>(
      tx,
      `SELECT a.id FROM agent a JOIN person p ON p.id = a.personId WHERE p.emailKey = ?${lockClause(tx)}`,
      [emailKey(email)],
    );
    if (!agent) throw new DomainError('not_found', 'not_found');
    return agent.id;
  }

  private async writeDate(tx: Tx, agentId: number, on: LocalDate, actorPersonId: number): Promise<void> {
    await execute(tx, 'UPDATE agent SET onboardingAttendedOn = ?, version = version + 1 WHERE id = ?', [
      on,
      agentId,
    ]);
    await this.audit.record(tx, {
      actorPersonId,
      action: 'attendance.imported',
      subjectType: 'agent',
      subjectId: agentId,
      detail: { on },
    });
    const places = await selectRows(tx, 'SELECT id FROM booking WHERE seatAgentId = ? OR waitAgentId = ?', [
      agentId,
      agentId,
    ]);
    if (places.length > 0)
      await this.works.run(tx, { byPersonId: actorPersonId }, (work) =>
        this.allocation.reconcile(tx, work, agentId, 'attended'),
      );
  }
}
