import { Inject, Injectable } from '@nestjs/common';
import { DateTime } from 'luxon';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../../common/clock.js';
import { localDateOf, type LocalDate } from '../../../common/local-date.js';
import { ENV, type Env } from '../../../config/env.js';
import { Database } from '../../../database/database.js';
import { placeholders, selectRows, toInstant, toInstantOrNull } from '../../../database/sql.js';
import type { CoachCandidate } from './coach.rules.js';

/** Somebody with the coach grant, as the secretariat sees it. */
export interface CoachRow extends CoachCandidate {
  name: string;
  municipalityName: string;
  grantedAt: Date;
}

/** A user who may be given the grant. */
export interface GrantableUser {
  personId: number;
  name: string;
  municipalityName: string;
}

interface Raw {
  personId: number;
  name: string;
  municipalityCode: string;
  municipalityName: string;
  isAbsent: number;
  talks: number | string;
  lastAskedAt: string | Date | null;
  grantedAt: string | Date;
}

/** The role that says where a person belongs: that in the secretariat, else that as a leader (`secretariat` sorts after `leader`). */
const OWN_ROLE = `r.municipalityCode IS NOT NULL
  AND r.role = (SELECT MAX(x.role) FROM role_assignment x WHERE x.personId = r.personId AND x.role <> 'agent'
                   AND x.municipalityCode IS NOT NULL)`;

/** Reads who may be asked to be a coach. */
@Injectable()
export class CoachQueries {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly database: Database,
  ) {}

  /**
   * Those with the grant who are users still, by name. Inside a unit of work pass its tx.
   * @param on the day for which it is told who is absent; today when left out
   */
  async all(
    source: EntityManager = this.database.reader.manager,
    on: LocalDate = localDateOf(this.clock.now(), this.env.TZ_NAME),
  ): Promise<CoachRow[]> {
    const yearAgo = DateTime.fromJSDate(this.clock.now()).minus({ years: 1 }).toJSDate();
    const rows = await selectRows<Raw>(
      source,
      `SELECT g.personId, CONCAT(p.firstName, ' ', p.lastName) AS name, r.municipalityCode, u.name AS municipalityName, g.grantedAt,
              CASE WHEN EXISTS (SELECT 1 FROM absence b WHERE b.personId = g.personId AND b.fromOn <= ? AND b.toOn >= ?)
                   THEN 1 ELSE 0 END AS isAbsent,
              (SELECT COUNT(*) FROM coaching_talk t WHERE t.coachPersonId = g.personId
                  AND (t.state IN ('prepared', 'offered', 'accepted') OR (t.state = 'held' AND t.endedAt >= ?))) AS talks,
              (SELECT MAX(l.createdAt) FROM coaching_talk l WHERE l.coachPersonId = g.personId) AS lastAskedAt
         FROM coach_grant g
         JOIN person p ON p.id = g.personId AND p.deactivatedAt IS NULL
         JOIN role_assignment r ON r.personId = g.personId AND ${OWN_ROLE}
         JOIN municipality u ON u.code = r.municipalityCode
        ORDER BY p.nameSortKey, p.id`,
      [on, on, yearAgo],
    );
    const codes = await this.codesOf(source, rows);
    return rows.map((row) => toCoach(row, codes.get(row.personId) ?? []));
  }

  /** Active users without the grant, by name. */
  grantable(): Promise<GrantableUser[]> {
    return this.database.select<GrantableUser>(
      `SELECT p.id AS personId, CONCAT(p.firstName, ' ', p.lastName) AS name, u.name AS municipalityName
         FROM role_assignment r
         JOIN person p ON p.id = r.personId AND p.deactivatedAt IS NULL
         JOIN municipality u ON u.code = r.municipalityCode
        WHERE ${OWN_ROLE} AND NOT EXISTS (SELECT 1 FROM coach_grant g WHERE g.personId = p.id)
        ORDER BY p.nameSortKey, p.id`,
    );
  }

  /** Coming absences of those with the grant, earliest first. */
  absences(): Promise<{ personId: number; fromOn: LocalDate; toOn: LocalDate }[]> {
    return this.database.select(
      `SELECT b.personId, b.fromOn, b.toOn FROM absence b JOIN coach_grant g ON g.personId = b.personId
        WHERE b.toOn >= ? ORDER BY b.fromOn, b.id`,
      [localDateOf(this.clock.now(), this.env.TZ_NAME)],
    );
  }

  /** Every municipality in which each of them has a role or takes calls. */
  private async codesOf(source: EntityManager, people: readonly Raw[]): Promise<Map<number, string[]>> {
    const codes = new Map<number, string[]>();
    if (people.length === 0) return codes;
    const ids = people.map(({ personId }) => personId);
    const rows = await selectRows<{ personId: number; code: string }>(
      source,
      `SELECT r.personId, r.municipalityCode AS code FROM role_assignment r
        WHERE r.municipalityCode IS NOT NULL AND r.personId IN (${placeholders(ids)})
       UNION
       SELECT a.personId, m.municipalityCode FROM agent a JOIN employment m ON m.openAgentId = a.id
        WHERE a.personId IN (${placeholders(ids)})`,
      [...ids, ...ids],
    );
    for (const { personId, code } of rows) codes.set(personId, [...(codes.get(personId) ?? []), code]);
    return codes;
  }
}

function toCoach({ isAbsent, talks, lastAskedAt, grantedAt, ...row }: Raw, codes: string[]): CoachRow {
  return {
    ...row,
    otherCodes: codes.filter((code) => code !== row.municipalityCode),
    isAbsent: isAbsent === 1,
    load: Number(talks),
    lastAskedAt: toInstantOrNull(lastAskedAt),
    grantedAt: toInstant(grantedAt),
  };
}
