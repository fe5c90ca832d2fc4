import { Inject, Injectable } from '@nestjs/common';
import { instantAt, localDateOf } from '../../../common/local-date.js';
import { ENV, type Env } from '../../../config/env.js';
import { Database } from '../../../database/database.js';
import { placeholders, toInstant, toInstantOrNull } from '../../../database/sql.js';
import { openReading, type OpenReadingRow } from './open-reading.js';
import {
  pressing,
  READING_WEEKDAYS,
  readingReminderDue,
  reminderHorizon,
  type ReadingOccasion,
} from './reading-reminders.rules.js';

/** The template of the digest. */
export const DIGEST_TEMPLATE = 'reading-digest';

/** An agent who is to get a digest now. */
export interface DueAgent {
  agentId: number;
  occasion: ReadingOccasion;
  dedupeKey: string;
}

/** Finds the agents to whom a digest is due, some at a time by key, so that no pass is longer than it must be. */
@Injectable()
export class DueAgents {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly database: Database,
  ) {}

  /** The next employed agents after a key, whether anything is due to them or not. */
  async employedAfter(agentId: number, limit: number): Promise<number[]> {
    const rows = await this.database.select<{ id: number }>(
      `SELECT openAgentId AS id FROM employment WHERE openAgentId > ? ORDER BY openAgentId LIMIT ${limit}`,
      [agentId],
    );
    return rows.map(({ id }) => id);
  }

  /** Those of the agents to whom a digest is due now and who have not had today's. */
  async among(agentIds: readonly number[], now: Date): Promise<DueAgent[]> {
    const occasions = await this.occasions(agentIds, now);
    if (occasions.size === 0) return [];
    const today = localDateOf(now, this.env.TZ_NAME);
    const mailed = await this.mailedToday([...occasions.keys()], today);
    return [...occasions].flatMap(([agentId, occasion]) => {
      const { live, cancelled } = mailed.get(agentId) ?? { live: 0, cancelled: 0 };
      // What was cancelled because something in it had changed is made anew, under a key of its own.
      const dedupeKey = `${DIGEST_TEMPLATE}:${agentId}:${today}${cancelled > 0 ? `:${cancelled}` : ''}`;
      return live > 0 ? [] : [{ agentId, occasion, dedupeKey }];
    });
  }

  private async occasions(agentIds: readonly number[], now: Date): Promise<Map<number, ReadingOccasion>> {
    const zone = this.env.TZ_NAME;
    // The rule decides; the conditions only spare it those who cannot have anything due.
    const open = openReading(now, '', {
      sql: `q.agentId IN (${placeholders(agentIds)}) AND (n.toldAt IS NULL OR n.toldAt < ? OR k.state = 'cancelled')`,
      values: [...agentIds, instantAt(localDateOf(now, zone), '08:00', zone)],
    });
    const rows = await this.database.select<OpenReadingRow>(
      `SELECT agentId, versionId, startsAt, toldAt FROM ${open.sql}
        WHERE toldAt IS NULL OR startsAt < ? ORDER BY agentId`,
      [...open.values, reminderHorizon(now, READING_WEEKDAYS[0], zone)],
    );
    const found = new Map<number, ReadingOccasion>();
    for (const { agentId, startsAt, toldAt } of rows) {
      const due = readingReminderDue(toInstant(startsAt), toInstantOrNull(toldAt), now, zone);
      const most = pressing([found.get(agentId), due]);
      if (most) found.set(agentId, most);
    }
    return found;
  }

  private async mailedToday(
    agentIds: readonly number[],
    today: string,
  ): Promise<Map<number, { live: number; cancelled: number }>> {
    const rows = await this.database.select<{
      agentId: number;
      live: number | string;
      cancelled: number | string;
    }>(
      `SELECT aboutId AS agentId, SUM(CASE WHEN state = 'cancelled' THEN 0 ELSE 1 END) AS live,
              SUM(CASE WHEN state = 'cancelled' THEN 1 ELSE 0 END) AS cancelled
         FROM mail WHERE aboutType = 'agent' AND aboutId IN (${placeholders(agentIds)}) AND template = ? AND createdAt >= ?
        GROUP BY aboutId`,
      [...agentIds, DIGEST_TEMPLATE, instantAt(today, '00:00', this.env.TZ_NAME)],
    );
    return new Map(
      rows.map(({ agentId, live, cancelled }) => [
        agentId,
        { live: Number(live), cancelled: Number(cancelled) },
      ]),
    );
  }
}
