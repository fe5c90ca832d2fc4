import { Injectable } from '@nestjs/common';
import type { LocalDate } from '../../../common/local-date.js';
import { Database } from '../../../database/database.js';
import { HAS_ATTENDED, MEMBER_UNTIL } from './attendees.js';

/** Whether the day `d` lies within the employment `m` and the membership of its municipality. */
export const EMPLOYED_ON_DAY = `m.startOn <= d.onDate AND (m.endOn IS NULL OR m.endOn >= d.onDate)
    AND COALESCE(${MEMBER_UNTIL}, d.onDate) >= d.onDate`;
const NOT_DECLINED = `NOT EXISTS (SELECT 1 FROM booking o WHERE o.agentId = b.agentId AND o.dayId = d.id
      AND o.endReason IN ('cancelled', 'moved'))
    AND NOT EXISTS (SELECT 1 FROM attendance t WHERE t.agentId = b.agentId AND t.dayId = d.id)`;

/** Reads what of seats and waiting lists is out of date because time went by. */
@Injectable()
export class SeatClockQueries {
  constructor(private readonly database: Database) {}

  /** The days on whose waiting lists somebody still stands after the last day of booking. */
  async staleLines(today: LocalDate): Promise<number[]> {
    const rows = await this.database.select<{ id: number }>(
      `SELECT d.id FROM onboarding_day d WHERE d.bookBy < ?
          AND EXISTS (SELECT 1 FROM booking b WHERE b.dayId = d.id AND b.status = 'waitlisted') ORDER BY d.onDate, d.id`,
      [today],
    );
    return rows.map(({ id }) => id);
  }

  /** The agents with a place ahead that lies outside the employment, or outside the municipality's membership. */
  async misfits(today: LocalDate): Promise<number[]> {
    const rows = await this.database.select<{ agentId: number }>(
      `SELECT DISTINCT b.agentId FROM onboarding_day d
         JOIN booking b ON b.dayId = d.id AND (b.seatAgentId IS NOT NULL OR b.waitAgentId IS NOT NULL)
         JOIN employment m ON m.openAgentId = b.agentId
        WHERE d.onDate >= ? AND NOT (${EMPLOYED_ON_DAY})
        ORDER BY b.agentId`,
      [today],
    );
    return rows.map(({ agentId }) => agentId);
  }

  /** New agents who have to attend and have neither a seat nor a wait for one, the longest here first: registered before there were seats. */
  async overlooked(): Promise<number[]> {
    const rows = await this.database.select<{ agentId: number }>(
      `SELECT a.id AS agentId FROM employment m JOIN agent a ON a.id = m.openAgentId
        WHERE m.kind = 'new' AND NOT ${HAS_ATTENDED}
          AND NOT EXISTS (SELECT 1 FROM booking b WHERE b.seatAgentId = a.id)
        ORDER BY m.createdAt, a.id`,
    );
    return rows.map(({ agentId }) => agentId);
  }

  /** Whether a seat is free for somebody who waits for any: a membership that was prolonged brings nobody else here. */
  async isSeatWaitedFor(today: LocalDate): Promise<boolean> {
    const row = await this.database.selectOne(
      `SELECT b.id FROM booking b JOIN employment m ON m.openAgentId = b.agentId
         JOIN onboarding_day d ON d.onDate >= ? AND d.bookBy >= ? AND d.cancelledAt IS NULL AND d.seatsTaken < d.capacity
        WHERE b.status = 'unplaced' AND ${EMPLOYED_ON_DAY} AND ${NOT_DECLINED} LIMIT 1`,
      [today, today],
    );
    return row !== undefined;
  }
}
