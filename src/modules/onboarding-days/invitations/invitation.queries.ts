import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { allOf, type Condition } from '../../../common/access/scope.js';
import type { LocalDate } from '../../../common/local-date.js';
import { Database } from '../../../database/database.js';
import { placeholders, selectRows, toInstant } from '../../../database/sql.js';
import { HAS_ATTENDED } from '../seats/attendees.js';
import { LATEST_EMPLOYMENT } from '../seats/booking.queries.js';
import type { InvitationAnswer } from '../entities/invitee.entity.js';
import { invitationState, type InvitationState } from './invitation.rules.js';
import { EMPLOYED_ON_DAY } from '../seats/seat-clock.queries.js';

/** An agent with who leads it. */
export interface LedAgent {
  agentId: number;
  personId: number;
  firstName: string;
  lastName: string;
  email: string;
  language: string;
  municipalityCode: string;
  municipalityName: string;
  leaderId: number | null;
  leaderName: string | null;
}

/** An agent of a round. */
export interface InviteeRow extends LedAgent {
  id: number;
  leaderAnswer: InvitationAnswer;
  agentAnswer: InvitationAnswer;
  state: InvitationState;
}

/** A round. */
export interface RoundRow {
  id: number;
  dayId: number;
  answerBy: LocalDate;
  createdAt: Date;
  byName: string;
  invited: number;
}

type Flags = Record<'isEmployed' | 'hasAttended' | 'isBooked', number>;

const LED = `a.id AS agentId, p.id AS personId, p.firstName, p.lastName, p.email, p.language, m.municipalityCode,
    u.name AS municipalityName, m.leaderId, CASE WHEN l.id IS NULL THEN NULL ELSE CONCAT(l.firstName, ' ', l.lastName) END AS leaderName`;
const LEADERS = `JOIN municipality u ON u.code = m.municipalityCode LEFT JOIN person l ON l.id = m.leaderId`;
const IS_BOOKED = `(EXISTS (SELECT 1 FROM booking b WHERE b.seatAgentId = a.id)
    OR EXISTS (SELECT 1 FROM booking b WHERE b.waitAgentId = a.id))`;

/** Reads invitations to onboarding days. Inside a unit of work its tx is passed. */
@Injectable()
export class InvitationQueries {
  constructor(private readonly database: Database) {}

  private get reader(): EntityManager {
    return this.database.reader.manager;
  }

  /** Those who can be invited to a day: existing agents whom it fits, who never took part and have not been asked about it. */
  candidates(
    dayId: number,
    agentIds?: readonly number[],
    source: EntityManager = this.reader,
  ): Promise<LedAgent[]> {
    return selectRows<LedAgent>(
      source,
      `SELECT ${LED} FROM onboarding_day d
         JOIN employment m ON m.openAgentId IS NOT NULL AND m.kind = 'existing' AND ${EMPLOYED_ON_DAY}
         JOIN agent a ON a.id = m.openAgentId JOIN person p ON p.id = a.personId ${LEADERS}
        WHERE d.id = ? AND NOT ${HAS_ATTENDED} AND NOT ${IS_BOOKED}
          AND NOT EXISTS (SELECT 1 FROM invitee i JOIN invitation_round r ON r.id = i.roundId
                           WHERE i.agentId = a.id AND r.dayId = d.id)
          ${agentIds ? `AND a.id IN (${placeholders(agentIds)})` : ''}
        ORDER BY u.nameSortKey, p.nameSortKey, a.id`,
      [dayId, ...(agentIds ?? [])],
    );
  }

  /** One round; undefined when there is none. */
  async round(roundId: number, source: EntityManager = this.reader): Promise<RoundRow | undefined> {
    const [round] = await this.rounds('r.id = ?', roundId, source);
    return round;
  }

  /** The rounds of a day, the latest first. */
  roundsOf(dayId: number): Promise<RoundRow[]> {
    return this.rounds('r.dayId = ?', dayId, this.reader);
  }

  private async rounds(condition: string, value: number, source: EntityManager): Promise<RoundRow[]> {
    const rows = await selectRows<
      Omit<RoundRow, 'createdAt' | 'invited'> & { createdAt: string | Date; invited: number | string }
    >(
      source,
      `SELECT r.id, r.dayId, r.answerBy, r.createdAt, CONCAT(p.firstName, ' ', p.lastName) AS byName,
              (SELECT COUNT(*) FROM invitee i WHERE i.roundId = r.id) AS invited
         FROM invitation_round r JOIN person p ON p.id = r.byPersonId WHERE ${condition} ORDER BY r.id DESC`,
      [value],
    );
    return rows.map((row) => ({ ...row, createdAt: toInstant(row.createdAt), invited: Number(row.invited) }));
  }

  /** The agents of a round, those of some municipalities alone when these are given. */
  invitees(
    roundId: number,
    municipalityCodes?: readonly string[],
    source: EntityManager = this.reader,
  ): Promise<InviteeRow[]> {
    if (municipalityCodes?.length === 0) return Promise.resolve([]);
    return this.select(
      allOf([
        { sql: 'i.roundId = ?', values: [roundId] },
        municipalityCodes && {
          sql: `m.municipalityCode IN (${placeholders(municipalityCodes)})`,
          values: [...municipalityCodes],
        },
      ]),
      source,
    );
  }

  /** An agent's own invitations, the latest first, with their days. */
  async ofAgent(
    agentId: number,
    source: EntityManager = this.reader,
  ): Promise<(InviteeRow & { dayId: number })[]> {
    return this.select<{ dayId: number }>({ sql: 'i.agentId = ?', values: [agentId] }, source, 'i.id DESC');
  }

  private async select<Extra = object>(
    where: Condition,
    source: EntityManager,
    order = 'u.nameSortKey, p.nameSortKey, i.id',
  ): Promise<(InviteeRow & Extra)[]> {
    const rows = await selectRows<Omit<InviteeRow, 'state'> & Flags & Extra>(
      source,
      `SELECT i.id, r.dayId, ${LED}, i.leaderAnswer, i.agentAnswer,
              CASE WHEN m.openAgentId IS NULL THEN 0 ELSE 1 END AS isEmployed, ${HAS_ATTENDED} AS hasAttended,
              ${IS_BOOKED} AS isBooked
         FROM invitee i JOIN invitation_round r ON r.id = i.roundId JOIN agent a ON a.id = i.agentId
         JOIN person p ON p.id = a.personId JOIN employment m ON ${LATEST_EMPLOYMENT} ${LEADERS}
        WHERE ${where.sql} ORDER BY ${order}`,
      where.values,
    );
    return rows.map((row) => ({ ...row, state: stateOf(row) }));
  }
}

function stateOf(row: Pick<InviteeRow, 'leaderAnswer' | 'agentAnswer'> & Flags): InvitationState {
  return invitationState({
    leaderAnswer: row.leaderAnswer,
    agentAnswer: row.agentAnswer,
    isEmployed: row.isEmployed === 1,
    hasAttended: row.hasAttended === 1,
    isBooked: row.isBooked === 1,
  });
}
