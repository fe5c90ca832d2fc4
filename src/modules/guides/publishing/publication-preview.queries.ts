import { Injectable } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import { DomainError } from '../../../common/domain-error.js';
import { Database } from '../../../database/database.js';
import { toInstant } from '../../../database/sql.js';
import { isAnswered } from '../answers.js';
import type { NewGuideVersion } from '../guide.service.js';
import { windowsOf, type PublishedVersion } from '../guides.rules.js';
import { estimatedMinutes } from './estimated-minutes.js';
import { inAudience } from './audience-condition.js';

/** What publishing a version would ask for. */
export interface PublicationPreview {
  /** Agents who would be asked to read it. */
  agents: number;
  /** Of these, with a shift within 14 days from when it counts. */
  withShift: number;
  minutes: number;
  minutesInAll: number;
}

type RawVersion = Pick<PublishedVersion, 'number' | 'urgency'> & {
  isMinor: number | boolean;
  effectiveFrom: string | Date;
  publishedAt: string | Date;
  withdrawnAt: string | Date | null;
};

const ANSWERED = isAnswered({ agent: 'm.openAgentId', guide: '?', from: '?' });
/** Who is through with the e-learning of the new version has answered for it. */
const THROUGH = `EXISTS (SELECT 1 FROM enrolment e JOIN agent a ON a.personId = e.personId
  WHERE a.id = m.openAgentId AND e.courseId = ? AND e.state IN ('completed', 'waived'))`;
const SOON_MS = 14 * 24 * 3_600_000;

/** Tells, before a version is published, how many it asks and for how long. */
@Injectable()
export class PublicationPreviewQueries {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Agents of the audience as employed now, without those whose receipts answer for it already. @throws DomainError `not_found` */
  async of(guideId: number, version: NewGuideVersion): Promise<PublicationPreview> {
    const known = await this.known(guideId);
    const publishedAt = this.clock.now();
    const number = (known.at(-1)?.number ?? 0) + 1;
    const isMinor = version.minor && number > 1;
    const added = { ...version, number, isMinor, publishedAt, isWithdrawn: false };
    const { answeredFrom, countsFrom: from } = windowsOf([...known, added]).at(-1)!;
    const audience = inAudience(version.audience);
    const answers = [guideId, answeredFrom, guideId, answeredFrom];
    const row = await this.database.selectOne<{ agents: number | string; withShift: number | string | null }>(
      `SELECT COUNT(*) AS agents, SUM(CASE WHEN EXISTS (SELECT 1 FROM shift s
                 WHERE s.agentId = m.openAgentId AND s.startsAt >= ? AND s.startsAt < ?) THEN 1 ELSE 0 END) AS withShift
         FROM employment m
        WHERE ${audience.sql} AND NOT ${ANSWERED} AND NOT ${THROUGH}`,
      [from, new Date(from.getTime() + SOON_MS), ...audience.values, ...answers, version.courseId ?? 0],
    );
    const agents = Number(row?.agents ?? 0);
    const minutes = await estimatedMinutes(this.database.reader.manager, version);
    return { agents, withShift: Number(row?.withShift ?? 0), minutes, minutesInAll: agents * minutes };
  }

  private async known(guideId: number): Promise<PublishedVersion[]> {
    const guide = await this.database.selectOne('SELECT id FROM guide WHERE id = ?', [guideId]);
    if (!guide) throw new DomainError('not_found', 'not_found');
    const rows = await this.database.select<RawVersion>(
      `SELECT number, isMinor, urgency, effectiveFrom, publishedAt, withdrawnAt
         FROM guide_version WHERE guideId = ? ORDER BY number`,
      [guideId],
    );
    return rows.map(({ withdrawnAt, ...row }) => ({
      ...row,
      isMinor: Boolean(row.isMinor),
      effectiveFrom: toInstant(row.effectiveFrom),
      publishedAt: toInstant(row.publishedAt),
      isWithdrawn: withdrawnAt !== null,
    }));
  }
}
