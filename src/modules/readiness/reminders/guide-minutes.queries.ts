import { Inject, Injectable } from '@nestjs/common';
import { instantAt, localDateOf } from '../../../common/local-date.js';
import { ENV, type Env } from '../../../config/env.js';
import { Database } from '../../../database/database.js';
import { placeholders, selectRows, toInstant } from '../../../database/sql.js';
import type { Tx } from '../../../database/unit-of-work.js';
import type { AskedVersion } from './guide-minutes.rules.js';

/** A version of which leaders have not all been told. */
export type AnnouncedVersion = Omit<AskedVersion, 'agents'> & { guideId: number };

/** How many agents of a leader are asked to read which versions of which the leader has not been told. */
export interface LeaderAsked {
  /** Null when the municipality has no leader at all. */
  leaderId: number | null;
  agents: Map<number, number>;
  wasToldToday: boolean;
}

/** So many versions are told of at a time. */
const MOST_TOGETHER = 50;

/** Reads what leaders are to be told about the time that reading takes. */
@Injectable()
export class GuideMinutesQueries {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly database: Database,
  ) {}

  /** The versions to tell of: not minor, through to all agents, and still to be read by somebody. */
  async versions(now: Date): Promise<AnnouncedVersion[]> {
    const rows = await this.database.select<
      Omit<AnnouncedVersion, 'from'> & { effectiveFrom: string | Date; publishedAt: string | Date }
    >(
      `SELECT v.id AS versionId, v.guideId, v.title, v.minutes, v.effectiveFrom, v.publishedAt FROM guide_version v
        WHERE v.announcedAt IS NULL AND v.isMinor = 0 AND v.spreadAt IS NOT NULL AND v.withdrawnAt IS NULL
          AND (v.appliesUntil IS NULL OR (v.appliesUntil > ? AND v.appliesUntil > v.countsFrom))
        ORDER BY v.id LIMIT ${MOST_TOGETHER}`,
      [now],
    );
    return rows.map(({ effectiveFrom, publishedAt, ...row }) => ({
      ...row,
      from: new Date(Math.max(toInstant(effectiveFrom).getTime(), toInstant(publishedAt).getTime())),
    }));
  }

  /** The leaders of a municipality whom there is something to tell; each agent belongs to the named leader, else to the first. */
  async asked(
    tx: Tx,
    municipalityCode: string,
    versionIds: readonly number[],
    now: Date,
  ): Promise<LeaderAsked[]> {
    const rows = await selectRows<{ leaderId: number; versionId: number; agents: number | string }>(
      tx,
      `SELECT c.leaderId, c.versionId, c.agents FROM
         (SELECT m.municipalityCode, COALESCE(m.leaderId, u.primaryLeaderId, 0) AS leaderId, q.versionId, COUNT(*) AS agents
            FROM employment m JOIN municipality u ON u.code = m.municipalityCode
            JOIN reading_requirement q ON q.agentId = m.openAgentId AND q.readAt IS NULL
                                      AND q.versionId IN (${placeholders(versionIds)})
           WHERE m.municipalityCode = ?
           GROUP BY m.municipalityCode, COALESCE(m.leaderId, u.primaryLeaderId, 0), q.versionId) c
        WHERE NOT EXISTS (SELECT 1 FROM minutes_notice t WHERE t.versionId = c.versionId
                             AND t.municipalityCode = c.municipalityCode AND t.leaderId = c.leaderId)
        ORDER BY c.leaderId, c.versionId`,
      [...versionIds, municipalityCode],
    );
    const told = await this.toldToday(tx, municipalityCode, now);
    const leaders = new Map<number, LeaderAsked>();
    for (const { leaderId, versionId, agents } of rows) {
      const leader = leaders.get(leaderId) ?? {
        leaderId: leaderId || null,
        agents: new Map<number, number>(),
        wasToldToday: told.has(leaderId),
      };
      leader.agents.set(versionId, Number(agents));
      leaders.set(leaderId, leader);
    }
    return [...leaders.values()];
  }

  private async toldToday(tx: Tx, municipalityCode: string, now: Date): Promise<Set<number>> {
    const zone = this.env.TZ_NAME;
    const rows = await selectRows<{ leaderId: number }>(
      tx,
      'SELECT DISTINCT leaderId FROM minutes_notice WHERE municipalityCode = ? AND toldAt >= ?',
      [municipalityCode, instantAt(localDateOf(now, zone), '00:00', zone)],
    );
    return new Set(rows.map(({ leaderId }) => leaderId));
  }
}
