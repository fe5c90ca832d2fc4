import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { allOf, columnIs, scopeCondition, type Condition, type Scope } from '../../common/access/scope.js';
import { nameSortKey } from '../../common/name-sort-key.js';
import { decodeCursor, toPage, type Page } from '../../common/pagination.js';
import { Database } from '../../database/database.js';
import { containing, selectRows, toInstant } from '../../database/sql.js';
import { ATTENDED_ON } from '../onboarding-days/index.js';

/** Where an agent stands. */
export type AgentStatus = 'onboarding' | 'ready' | 'departed';

/** An agent with the latest period of employment. */
export interface AgentRow {
  id: number;
  personId: number;
  firstName: string;
  lastName: string;
  /** Empty, as is the phone, for an agent who has moved to another municipality since. */
  email: string;
  phone: string | null;
  language: string;
  municipalityCode: string;
  municipalityName: string;
  leaderId: number | null;
  leaderName: string | null;
  kind: 'new' | 'existing';
  startOn: string;
  endOn: string | null;
  endReason: 'departed' | 'transferred' | 'membership_ended' | null;
  firstShiftOn: string | null;
  phoneSystemId: string | null;
  /** Attendance before Vagtklar was taken into use. */
  onboardingAttendedOn: string | null;
  /** The first onboarding day the agent took part in, here or before. */
  attendedOn: string | null;
  registeredAt: string;
  version: number;
  status: AgentStatus;
}

/** What a list of agents may be narrowed to. */
export interface AgentFilter {
  q?: string | undefined;
  municipality?: string | undefined;
  status?: AgentStatus | undefined;
  leaderId?: number | undefined;
  sort: 'name' | 'startOn' | '-startOn';
  limit: number;
  cursor?: string | undefined;
}

type Raw = Omit<AgentRow, 'registeredAt'> & { registeredAt: string | Date; nameSortKey: string };

const STATUS = `CASE
    WHEN m.openAgentId IS NULL THEN 'departed'
    WHEN m.kind = 'existing' THEN 'ready'
    WHEN NOT EXISTS (SELECT 1 FROM enrolment e JOIN course c ON c.id = e.courseId
                      WHERE e.personId = a.personId AND c.requiredBeforeFirstShift = 1) THEN 'onboarding'
    WHEN EXISTS (SELECT 1 FROM enrolment e JOIN course c ON c.id = e.courseId
                  WHERE e.personId = a.personId AND c.requiredBeforeFirstShift = 1
                    AND e.state NOT IN ('completed', 'waived')) THEN 'onboarding'
    ELSE 'ready' END`;
/** Whether the agent has worked for another municipality since the period that is seen. */
const MOVED_AWAY = `EXISTS (SELECT 1 FROM employment y WHERE y.agentId = m.agentId
      AND y.effectiveFromOn > m.effectiveFromOn AND y.municipalityCode <> m.municipalityCode)`;
const SELECT = `SELECT a.id, a.personId, p.firstName, p.lastName, p.nameSortKey,
    CASE WHEN ${MOVED_AWAY} THEN '' ELSE p.email END AS email,
    CASE WHEN ${MOVED_AWAY} THEN NULL ELSE p.phone END AS phone, p.language,
    m.municipalityCode, u.name AS municipalityName, m.leaderId,
    CASE WHEN l.id IS NULL THEN NULL ELSE CONCAT(l.firstName, ' ', l.lastName) END AS leaderName,
    m.kind, m.startOn, m.endOn, m.endReason, m.firstShiftOn, a.phoneSystemId, a.onboardingAttendedOn, ${ATTENDED_ON} AS attendedOn, m.createdAt AS registeredAt,
    a.version, ${STATUS} AS status`;
/** Each agent with the latest period of employment among those the caller may see. */
function fromFor(scope: Scope): Condition {
  const seen = scopeCondition(scope, 'x.municipalityCode', 'a.personId');
  return {
    sql: `FROM agent a
  JOIN person p ON p.id = a.personId
  JOIN employment m ON m.id = (SELECT x.id FROM employment x WHERE x.agentId = a.id AND (${seen.sql})
                                ORDER BY CASE WHEN x.openAgentId IS NULL THEN 1 ELSE 0 END, x.effectiveFromOn DESC, x.id DESC
                                LIMIT 1)
  JOIN municipality u ON u.code = m.municipalityCode
  LEFT JOIN person l ON l.id = m.leaderId`,
    values: seen.values,
  };
}
const SORTS = {
  name: { column: 'p.nameSortKey', direction: 'ASC', operator: '>', key: (row: Raw) => row.nameSortKey },
  startOn: { column: 'm.startOn', direction: 'ASC', operator: '>', key: (row: Raw) => row.startOn },
  '-startOn': { column: 'm.startOn', direction: 'DESC', operator: '<', key: (row: Raw) => row.startOn },
} as const;

/** Reads agents with their standing; every query is narrowed to what the caller may see. */
@Injectable()
export class AgentQueries {
  constructor(private readonly database: Database) {}

  /** A page of agents. */
  async list(scope: Scope, filter: AgentFilter): Promise<Page<AgentRow>> {
    const sort = SORTS[filter.sort];
    const cursor = decodeCursor(filter.cursor, ['string', 'number']);
    const from = fromFor(scope);
    const where = allOf([
      ...wordsOf(filter.q),
      columnIs('m.municipalityCode', filter.municipality),
      columnIs('m.leaderId', filter.leaderId),
      columnIs(STATUS, filter.status),
      cursor && {
        sql: `${sort.column} ${sort.operator} ? OR (${sort.column} = ? AND a.id > ?)`,
        values: [cursor[0], cursor[0], cursor[1]],
      },
    ]);
    const rows = await this.database.select<Raw>(
      `${SELECT} ${from.sql} WHERE ${where.sql} ORDER BY ${sort.column} ${sort.direction}, a.id LIMIT ?`,
      [...from.values, ...where.values, filter.limit + 1],
    );
    const page = toPage(rows, filter.limit, (row) => [sort.key(row), row.id]);
    return { ...page, items: page.items.map(toRow) };
  }

  /** How many agents stand where. */
  async countByStatus(scope: Scope): Promise<Record<AgentStatus, number>> {
    const from = fromFor(scope);
    const rows = await this.database.select<{ status: AgentStatus; count: number | string }>(
      `SELECT s.status, COUNT(*) AS count FROM (SELECT ${STATUS} AS status ${from.sql}) s GROUP BY s.status`,
      from.values,
    );
    const counts = { onboarding: 0, ready: 0, departed: 0 };
    for (const row of rows) counts[row.status] = Number(row.count);
    return counts;
  }

  /** One agent, undefined when there is none or the caller may not know of it. Inside a unit of work pass its tx. */
  async find(
    scope: Scope,
    agentId: number,
    source: EntityManager = this.database.reader.manager,
  ): Promise<AgentRow | undefined> {
    const from = fromFor(scope);
    const [raw] = await selectRows<Raw>(source, `${SELECT} ${from.sql} WHERE a.id = ?`, [
      ...from.values,
      agentId,
    ]);
    return raw && toRow(raw);
  }

  /** The agent a person is, inside a unit of work. */
  async findByPerson(personId: number, tx: EntityManager): Promise<AgentRow | undefined> {
    const [raw] = await selectRows<Raw>(tx, `${SELECT} ${fromFor(ALL).sql} WHERE a.personId = ?`, [personId]);
    return raw && toRow(raw);
  }
}

const ALL: Scope = { kind: 'all' };

/** Every word must be found in the name or the address. */
function wordsOf(q: string | undefined): Condition[] {
  const words = (q ?? '').trim().split(/\s+/).filter(Boolean).slice(0, 5);
  return words.map((word) => ({
    // An address that is not shown is not found either.
    sql: `p.nameSortKey LIKE ? ESCAPE '!' OR (p.emailKey LIKE ? ESCAPE '!' AND NOT (${MOVED_AWAY}))`,
    values: [containing(nameSortKey(word)), containing(word.toLowerCase())],
  }));
}

function toRow({ nameSortKey: _, ...raw }: Raw): AgentRow {
  return { ...raw, registeredAt: toInstant(raw.registeredAt).toISOString() };
}
