import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '../../common/access/principal.js';
import { seesAll } from '../../common/access/scope.js';
import { Clock } from '../../common/clock.js';
import { ENV, type Env } from '../../config/env.js';
import { addDays, localDateOf, type LocalDate } from '../../common/local-date.js';
import { Database } from '../../database/database.js';
import { toInstant } from '../../database/sql.js';

/** After so many days a request that nobody approved counts as lapsed. */
const LAPSE_DAYS = 30;

/** A request as the one who made it sees it: nothing tells whether there is such an agent before it is approved. */
export interface OwnRequest {
  id: number;
  email: string;
  on: LocalDate;
  state: 'waiting' | 'approved' | 'lapsed';
  createdAt: string;
}

/** A request as the one who decides sees it. */
export interface RequestToDecide {
  id: number;
  agentId: number;
  agentName: string;
  fromName: string;
  toName: string;
  requestedBy: string;
  on: LocalDate;
}

/** Reads transfer requests. */
@Injectable()
export class TransferRequestQueries {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly database: Database,
  ) {}

  /** The caller's own requests, newest first. */
  async own(personId: number): Promise<OwnRequest[]> {
    const rows = await this.database.select<Omit<OwnRequest, 'createdAt'> & { createdAt: string | Date }>(
      `SELECT id, email, onDate AS \`on\`, CASE WHEN state = 'approved' THEN 'approved' ELSE 'waiting' END AS state, createdAt
         FROM transfer_request WHERE requestedByPersonId = ? AND email IS NOT NULL ORDER BY id DESC LIMIT 50`,
      [personId],
    );
    const lapsedBefore = addDays(localDateOf(this.clock.now(), this.env.TZ_NAME), -LAPSE_DAYS);
    return rows.map((row) => {
      const createdAt = toInstant(row.createdAt);
      const hasLapsed = row.state === 'waiting' && localDateOf(createdAt, this.env.TZ_NAME) < lapsedBefore;
      return { ...row, state: hasLapsed ? 'lapsed' : row.state, createdAt: createdAt.toISOString() };
    });
  }

  /** The waiting requests the caller may decide on. */
  async toDecide(principal: Principal): Promise<RequestToDecide[]> {
    const codes = principal.municipalityCodes;
    if (!seesAll(principal) && codes.length === 0) return [];
    const mine = seesAll(principal) ? '1 = 1' : `m.municipalityCode IN (${codes.map(() => '?').join(', ')})`;
    return this.database.select<RequestToDecide>(
      `SELECT r.id, r.agentId, CONCAT(p.firstName, ' ', p.lastName) AS agentName, f.name AS fromName, u.name AS toName,
              CONCAT(q.firstName, ' ', q.lastName) AS requestedBy, r.onDate AS \`on\`
         FROM transfer_request r
         JOIN employment m ON m.openAgentId = r.agentId
         JOIN agent a ON a.id = r.agentId JOIN person p ON p.id = a.personId
         JOIN municipality f ON f.code = m.municipalityCode JOIN municipality u ON u.code = r.toMunicipalityCode
         JOIN person q ON q.id = r.requestedByPersonId
        WHERE r.state = 'waiting' AND m.municipalityCode <> r.toMunicipalityCode AND ${mine}
        ORDER BY r.id LIMIT 200`,
      seesAll(principal) ? [] : codes,
    );
  }

  /** The transfer of an agent that waits for its day, if any. */
  planned(agentId: number): Promise<{ on: LocalDate; municipalityName: string } | undefined> {
    return this.database.selectOne(
      `SELECT r.onDate AS \`on\`, u.name AS municipalityName
         FROM transfer_request r JOIN municipality u ON u.code = r.toMunicipalityCode
        WHERE r.agentId = ? AND r.state = 'approved' AND r.appliedAt IS NULL ORDER BY r.onDate, r.id LIMIT 1`,
      [agentId],
    );
  }
}
