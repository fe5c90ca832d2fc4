import { Inject, Injectable } from '@nestjs/common';
import { instantAt, localDateOf } from '../../../common/local-date.js';
import { ENV, type Env } from '../../../config/env.js';
import { Database } from '../../../database/database.js';
import { toInstant, toInstantOrNull } from '../../../database/sql.js';
import { openReading, type OpenReadingRow } from './open-reading.js';
import { leaderReminderDue, LEADER_WEEKDAYS, reminderHorizon } from './reading-reminders.rules.js';

/** A version that an agent has not read one working day before the shift. */
export interface MissingReading {
  agentId: number;
  versionId: number;
  startsAt: Date;
  firstName: string;
  lastName: string;
}

/** What a leader's agents have not read; the municipality's first leader stands in where nobody is named. */
export interface LeaderMissing {
  municipalityCode: string;
  leaderId: number | null;
  missing: MissingReading[];
}

type Row = OpenReadingRow & Omit<MissingReading, 'startsAt'> & { leaderId: number | null };

/** Somebody has said that the agent may take that shift all the same (an override counts while the shift is as it was). */
const OVERRIDDEN = `EXISTS (SELECT 1 FROM readiness_override f
    JOIN shift h ON h.id = f.shiftId AND h.agentId = f.agentId AND h.startsAt = f.startsAt
   WHERE f.agentId = o.agentId AND f.startsAt = o.startsAt)`;

/** Reads of whom leaders are to hear, one municipality at a time. */
@Injectable()
export class LeaderReadingQueries {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly database: Database,
  ) {}

  /** The municipalities that have agents. */
  async municipalities(): Promise<string[]> {
    const rows = await this.database.select<{ code: string }>(
      `SELECT u.code FROM municipality u
        WHERE EXISTS (SELECT 1 FROM employment m WHERE m.municipalityCode = u.code AND m.openAgentId IS NOT NULL) ORDER BY u.code`,
    );
    return rows.map(({ code }) => code);
  }

  /** What is to be told now, by leader. */
  async due(municipalityCode: string, now: Date): Promise<LeaderMissing[]> {
    const zone = this.env.TZ_NAME;
    const horizon = reminderHorizon(now, LEADER_WEEKDAYS, zone);
    const open = openReading(now, 'm.leaderId, m.municipalityCode', {
      sql: `m.municipalityCode = ? AND (n.leaderToldAt IS NULL OR n.leaderToldAt < ? OR l.state = 'cancelled')
              AND EXISTS (SELECT 1 FROM shift h WHERE h.agentId = m.openAgentId AND h.startsAt > ? AND h.startsAt < ?)`,
      values: [municipalityCode, instantAt(localDateOf(now, zone), '08:00', zone), now, horizon],
    });
    const rows = await this.database.select<Row>(
      `SELECT o.agentId, o.versionId, o.startsAt, o.leaderToldAt, COALESCE(o.leaderId, u.primaryLeaderId) AS leaderId,
              p.firstName, p.lastName
         FROM ${open.sql} JOIN municipality u ON u.code = o.municipalityCode
         JOIN agent a ON a.id = o.agentId JOIN person p ON p.id = a.personId
        WHERE o.startsAt < ? AND NOT ${OVERRIDDEN} ORDER BY o.startsAt, p.nameSortKey, o.agentId, o.versionId`,
      [...open.values, horizon],
    );
    return byLeader(
      municipalityCode,
      rows.filter((row) =>
        leaderReminderDue(toInstant(row.startsAt), toInstantOrNull(row.leaderToldAt), now, zone),
      ),
    );
  }
}

function byLeader(municipalityCode: string, rows: readonly Row[]): LeaderMissing[] {
  const leaders = new Map<number | null, MissingReading[]>();
  for (const { leaderId, agentId, versionId, startsAt, firstName, lastName } of rows) {
    const missing = leaders.get(leaderId) ?? [];
    missing.push({ agentId, versionId, startsAt: toInstant(startsAt), firstName, lastName });
    leaders.set(leaderId, missing);
  }
  return [...leaders].map(([leaderId, missing]) => ({ municipalityCode, leaderId, missing }));
}
