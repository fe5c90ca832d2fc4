import { Injectable } from '@nestjs/common';
import type { LocalDate } from '../../../common/local-date.js';
import { selectRows, toInstant, toInstantOrNull } from '../../../database/sql.js';
import type { Tx } from '../../../database/unit-of-work.js';
import type { AgentKind } from '../../agents/index.js';
import type { BookingStatus } from '../entities/booking.entity.js';
import type { Attendee } from '../onboarding-days.rules.js';

/** A live booking of an agent. */
export interface Place {
  id: number;
  dayId: number | null;
  /** The day itself, null while unplaced. */
  on: LocalDate | null;
  status: Exclude<BookingStatus, 'cancelled'>;
  calendarUid: string;
  calendarSequence: number;
}

/** An agent as the one who hands out seats sees it. */
export interface AttendeeRow extends Attendee {
  agentId: number;
  isEmployed: boolean;
  kind: AgentKind;
  registeredAt: Date;
  hasAttended: boolean;
  /** Whether the autopilot looks for a seat until there is one: for new agents; existing ones are booked by people. */
  isInNeed: boolean;
  declinedDayIds: number[];
  /** The seat, or the wait for any. */
  seat: Place | null;
  /** The place on a waiting list. */
  wait: Place | null;
  /** The entry in the agent's calendar that the next seat takes along, when the last one was given back just now. */
  entry: { uid: string; sequence: number } | null;
  /** The agent is not written to before, because the welcome is yet to come. */
  quietUntil: Date | null;
}

interface RawAgent {
  agentId: number;
  openAgentId: number | null;
  kind: AgentKind;
  startOn: LocalDate;
  endOn: LocalDate | null;
  memberUntil: LocalDate | null;
  createdAt: string | Date;
  hasAttended: number;
}

type RawPlace = Place & { quietUntil: string | Date | null };

/** Whether the agent `a` has taken part in a day, here or before Vagtklar. */
export const HAS_ATTENDED = `(a.onboardingAttendedOn IS NOT NULL OR EXISTS (
    SELECT 1 FROM attendance d WHERE d.agentId = a.id AND d.mustAttendAgain = 0))`;

/** The last day of the municipality's membership; null when it is not known to end. */
export const MEMBER_UNTIL = `(SELECT NULLIF(MAX(COALESCE(s.toOn, '9999-12-31')), '9999-12-31') FROM membership s
    WHERE s.municipalityCode = m.municipalityCode)`;

/** Reads what decides about an agent's seat: inside a unit of work that holds the days; pages, which only show it, without one. */
@Injectable()
export class Attendees {
  /** The agent with the live bookings; undefined when there is none. */
  async find(tx: Tx, agentId: number): Promise<AttendeeRow | undefined> {
    const [raw] = await selectRows<RawAgent>(
      tx,
      `SELECT a.id AS agentId, m.openAgentId, m.kind, m.startOn, m.endOn, m.createdAt, ${MEMBER_UNTIL} AS memberUntil,
              ${HAS_ATTENDED} AS hasAttended
         FROM agent a JOIN employment m ON m.agentId = a.id
        WHERE a.id = ?
        ORDER BY CASE WHEN m.openAgentId IS NULL THEN 1 ELSE 0 END, m.effectiveFromOn DESC, m.id DESC LIMIT 1`,
      [agentId],
    );
    if (!raw) return undefined;
    const places = await this.places(tx, agentId);
    return {
      ...toAttendee(raw),
      declinedDayIds: await this.declined(tx, agentId),
      seat: places.find(({ status }) => status !== 'waitlisted') ?? null,
      wait: places.find(({ status }) => status === 'waitlisted') ?? null,
      entry: null,
      quietUntil: toInstantOrNull(places[0]?.quietUntil ?? null),
    };
  }

  private places(tx: Tx, agentId: number): Promise<RawPlace[]> {
    return selectRows<RawPlace>(
      tx,
      `SELECT b.id, b.dayId, d.onDate AS \`on\`, b.status, b.calendarUid, b.calendarSequence, b.quietUntil
         FROM booking b LEFT JOIN onboarding_day d ON d.id = b.dayId
        WHERE b.seatAgentId = ? OR b.waitAgentId = ?`,
      [agentId, agentId],
    );
  }

  /** Days somebody took the agent off, and days that are settled by an attendance. */
  private async declined(tx: Tx, agentId: number): Promise<number[]> {
    const rows = await selectRows<{ dayId: number }>(
      tx,
      `SELECT dayId FROM booking WHERE agentId = ? AND endReason IN ('cancelled', 'moved') AND dayId IS NOT NULL
        UNION SELECT dayId FROM attendance WHERE agentId = ?`,
      [agentId, agentId],
    );
    return rows.map(({ dayId }) => dayId);
  }
}

function toAttendee(raw: RawAgent) {
  const isEmployed = raw.openAgentId !== null;
  const hasAttended = raw.hasAttended === 1;
  return {
    agentId: raw.agentId,
    isEmployed,
    kind: raw.kind,
    startOn: raw.startOn,
    lastOn: earlier(raw.endOn, raw.memberUntil),
    registeredAt: toInstant(raw.createdAt),
    hasAttended,
    isInNeed: isEmployed && !hasAttended && raw.kind === 'new',
  };
}

function earlier(a: LocalDate | null, b: LocalDate | null): LocalDate | null {
  if (a === null || b === null) return a ?? b;
  return a < b ? a : b;
}
