import { Inject, Injectable } from '@nestjs/common';
import { DateTime } from 'luxon';
import type { LocalDate } from '../../common/local-date.js';
import { ENV, type Env } from '../../config/env.js';
import { Database } from '../../database/database.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { LeaderMailService } from '../identity/index.js';

/** What follows when a municipality leaves: its agents depart, and its first leader is told where the data are. */
@Injectable()
export class MembershipEnds {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly mails: LeaderMailService,
  ) {}

  /** The agents of municipalities that take part no more and will not again, with the last day of the membership. */
  leftBehind(today: LocalDate): Promise<{ agentId: number; on: LocalDate }[]> {
    return this.database.select(
      `SELECT m.agentId, (SELECT MAX(x.toOn) FROM membership x WHERE x.municipalityCode = m.municipalityCode) AS \`on\`
         FROM employment m
        WHERE m.openAgentId IS NOT NULL
          AND EXISTS (SELECT 1 FROM membership e WHERE e.municipalityCode = m.municipalityCode AND e.toOn < ?)
          AND NOT EXISTS (SELECT 1 FROM membership s
                           WHERE s.municipalityCode = m.municipalityCode AND (s.toOn IS NULL OR s.toOn >= ?))
        ORDER BY m.id`,
      [today, today],
    );
  }

  /** Tells the first leader, once for each membership that ended within the last month. */
  async handOver(today: LocalDate): Promise<void> {
    const monthAgo = DateTime.fromISO(today, { zone: 'utc' }).minus({ months: 1 }).toISODate()!;
    const ended = await this.database.select<{ id: number; code: string; name: string; toOn: LocalDate }>(
      `SELECT s.id, u.code, u.name, s.toOn FROM membership s JOIN municipality u ON u.code = s.municipalityCode
        WHERE s.toOn < ? AND s.toOn >= ?
          AND NOT EXISTS (SELECT 1 FROM membership n WHERE n.municipalityCode = s.municipalityCode
                             AND (n.toOn IS NULL OR n.toOn >= ?))
          AND NOT EXISTS (SELECT 1 FROM mail w WHERE w.template = 'membership-ended' AND w.aboutType = 'membership'
                             AND w.aboutId = s.id)`,
      [today, monthAgo, today],
    );
    for (const { id, code, name, toOn } of ended)
      await this.unitOfWork.run((tx) =>
        this.mails.queue(tx, {
          template: 'membership-ended',
          leaderId: null,
          municipalityCode: code,
          variables: {
            municipalityName: name,
            lastDay: toOn,
            deletedOn: DateTime.fromISO(toOn, { zone: 'utc' })
              .plus({ months: this.env.RETENTION_AGENT_MONTHS })
              .toISODate(),
            url: `${this.env.PUBLIC_URL}/rapporter?asOf=${toOn}`,
          },
          about: { type: 'membership', id },
          dedupeKey: `membership-ended:${id}`,
        }),
      );
  }
}
