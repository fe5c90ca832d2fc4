import { Injectable } from '@nestjs/common';
import { allOf, type Condition, type Scope } from '../../../common/access/scope.js';
import { Database } from '../../../database/database.js';
import { placeholders, toInstant } from '../../../database/sql.js';
import type { Month } from '../month.rules.js';
import { caseScope } from '../notices/case-scope.js';
import type { CaseState } from '../notices/case-state.rules.js';
import { OPEN_STATES } from '../notices/case.rules.js';

/** A case that is under way. */
export interface OpenCaseRow {
  id: number;
  agentId: number;
  firstName: string;
  lastName: string;
  municipalityCode: string;
  municipality: string;
  streakFrom: Month;
  streakTo: Month;
  state: CaseState;
  createdAt: Date;
}

const MOST = 50;

/** Reads cases under way, as far as somebody may see them. */
@Injectable()
export class OpenCases {
  constructor(private readonly database: Database) {}

  /** The latest of them. */
  async list(scope: Scope): Promise<OpenCaseRow[]> {
    const where = openFor(scope);
    const rows = await this.database.select<Omit<OpenCaseRow, 'createdAt'> & { createdAt: string | Date }>(
      `SELECT c.id, c.agentId, p.firstName, p.lastName, c.municipalityCode, u.name AS municipality, c.streakFrom, c.streakTo,
              c.state, c.createdAt
         FROM quality_case c JOIN agent a ON a.id = c.agentId JOIN person p ON p.id = a.personId
         JOIN municipality u ON u.code = c.municipalityCode
        WHERE ${where.sql} ORDER BY c.id DESC LIMIT ${MOST}`,
      where.values,
    );
    return rows.map((row) => ({ ...row, createdAt: toInstant(row.createdAt) }));
  }

  /** How many there are. */
  async count(scope: Scope): Promise<number> {
    const where = openFor(scope);
    const row = await this.database.selectOne<{ count: number | string }>(
      `SELECT COUNT(*) AS count FROM quality_case c JOIN agent a ON a.id = c.agentId WHERE ${where.sql}`,
      where.values,
    );
    return Number(row!.count);
  }
}

/** As `caseScope` says who sees which, and those that have not ended. */
function openFor(scope: Scope): Condition {
  return allOf([
    caseScope(scope, 'c', 'a.personId'),
    { sql: `c.state IN (${placeholders(OPEN_STATES)})`, values: [...OPEN_STATES] },
  ]);
}
