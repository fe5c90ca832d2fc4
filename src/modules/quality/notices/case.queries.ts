import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { allOf, columnIs, type Condition, type Scope } from '../../../common/access/scope.js';
import type { LocalDate } from '../../../common/local-date.js';
import { decodeCursor, toPage, type Page } from '../../../common/pagination.js';
import { Database } from '../../../database/database.js';
import { placeholders, selectRows, toInstant, toInstantOrNull } from '../../../database/sql.js';
import type { Month } from '../month.rules.js';
import { caseScope } from './case-scope.js';
import type { CaseEndReason, CaseState } from './case-state.rules.js';

/** A case as lists show it: no figures. */
export interface CaseRow {
  id: number;
  agentId: number;
  agentName: string;
  employmentId: number;
  employedFrom: LocalDate;
  /** Last day of the period that the case is about; null while it is open. */
  employedUntil: LocalDate | null;
  municipalityCode: string;
  municipalityName: string;
  state: CaseState;
  streakFrom: Month;
  streakTo: Month;
  /** The version of the policy by which it was judged. */
  policyId: number;
  agentNoticeAt: Date;
  agentToldAt: Date | null;
  leaderNoticeAt: Date | null;
  leaderToldAt: Date | null;
  endedAt: Date | null;
  endReason: CaseEndReason | null;
  isTalkRelevant: boolean | null;
  createdAt: Date;
  version: number;
}

/** What a list of cases may be narrowed to. */
export interface CaseFilter {
  states?: readonly CaseState[] | undefined;
  municipality?: string | undefined;
  limit: number;
  cursor?: string | undefined;
}

type Instants = 'agentNoticeAt' | 'agentToldAt' | 'leaderNoticeAt' | 'leaderToldAt' | 'endedAt' | 'createdAt';
type Raw = Omit<CaseRow, Instants | 'isTalkRelevant'> &
  Record<'agentNoticeAt' | 'createdAt', string | Date> &
  Record<'agentToldAt' | 'leaderNoticeAt' | 'leaderToldAt' | 'endedAt', string | Date | null> & {
    isTalkRelevant: number | boolean | null;
  };

const SELECT = `SELECT c.id, c.agentId, CONCAT(p.firstName, ' ', p.lastName) AS agentName, c.employmentId,
    m.startOn AS employedFrom, m.endOn AS employedUntil, c.municipalityCode, u.name AS municipalityName, c.state, c.streakFrom, c.streakTo, k.policyId,
    c.agentNoticeAt, c.agentToldAt, c.leaderNoticeAt, c.leaderToldAt, c.endedAt, c.endReason, c.isTalkRelevant, c.createdAt, c.version
  FROM quality_case c JOIN month_closing k ON k.id = c.closingId JOIN employment m ON m.id = c.employmentId
  JOIN municipality u ON u.code = c.municipalityCode JOIN agent a ON a.id = c.agentId JOIN person p ON p.id = a.personId`;

/** Reads cases; every query is narrowed to what the caller may see. */
@Injectable()
export class CaseQueries {
  constructor(private readonly database: Database) {}

  /** A page of cases, newest first. */
  async list(scope: Scope, { states, municipality, limit, cursor }: CaseFilter): Promise<Page<CaseRow>> {
    const after = decodeCursor(cursor, ['number']);
    const where = allOf([
      caseScope(scope, 'c', 'a.personId'),
      states && { sql: `c.state IN (${placeholders(states)})`, values: [...states] },
      columnIs('c.municipalityCode', municipality),
      after && { sql: 'c.id < ?', values: after },
    ]);
    const rows = await this.select(
      this.database.reader.manager,
      where,
      `ORDER BY c.id DESC LIMIT ${limit + 1}`,
    );
    return toPage(rows, limit, ({ id }) => [id]);
  }

  /** One case; undefined when there is none or the caller may not know of it. Inside a unit of work pass its tx. */
  async find(
    scope: Scope,
    caseId: number,
    source: EntityManager = this.database.reader.manager,
  ): Promise<CaseRow | undefined> {
    const where = allOf([caseScope(scope, 'c', 'a.personId'), columnIs('c.id', caseId)]);
    const [row] = await this.select(source, where);
    return row;
  }

  private async select(source: EntityManager, where: Condition, order = ''): Promise<CaseRow[]> {
    const rows = await selectRows<Raw>(source, `${SELECT} WHERE ${where.sql} ${order}`, where.values);
    return rows.map((raw) => ({
      ...raw,
      agentNoticeAt: toInstant(raw.agentNoticeAt),
      agentToldAt: toInstantOrNull(raw.agentToldAt),
      leaderNoticeAt: toInstantOrNull(raw.leaderNoticeAt),
      leaderToldAt: toInstantOrNull(raw.leaderToldAt),
      endedAt: toInstantOrNull(raw.endedAt),
      isTalkRelevant: raw.isTalkRelevant === null ? null : Boolean(raw.isTalkRelevant),
      createdAt: toInstant(raw.createdAt),
    }));
  }
}
