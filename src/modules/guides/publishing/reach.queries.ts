import { Injectable } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import { Database } from '../../../database/database.js';
import { isAnswered } from '../answers.js';
import { GuideReaders } from '../guide-readers.js';
import type { AudienceKind } from '../guides.rules.js';
import { inAudience } from './audience-condition.js';

/** How far a version has come. */
export interface Reach {
  asked: number;
  read: number;
}

const ANSWERED = isAnswered({ agent: 'm.openAgentId', guide: '?', from: '?' });
/** A guide has one version in force, and maybe some to come. */
const MOST = 3;

/** Counts who has read what is in force; numbers only, and no minutes that anybody spent. */
@Injectable()
export class ReachQueries {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly readers: GuideReaders,
  ) {}

  /** The newest versions of a guide that still ask to be read, by their keys. */
  async of(guideId: number): Promise<Map<number, Reach>> {
    const versions = await this.database.select<{
      id: number;
      audienceKind: AudienceKind;
      answeredFrom: number;
    }>(
      `SELECT id, audienceKind, answeredFrom FROM guide_version
        WHERE guideId = ? AND withdrawnAt IS NULL AND (appliesUntil IS NULL OR appliesUntil > ?)
        ORDER BY number DESC LIMIT ${MOST}`,
      [guideId, this.clock.now()],
    );
    const audiences = await this.readers.audiences(this.database.reader.manager, versions);
    const reaches = new Map<number, Reach>();
    for (const { id, answeredFrom } of versions) {
      const audience = inAudience(audiences.get(id)!);
      const row = await this.database.selectOne<{ asked: number | string; done: number | string | null }>(
        `SELECT COUNT(*) AS asked, SUM(CASE WHEN ${ANSWERED} THEN 1 ELSE 0 END) AS done
           FROM employment m WHERE ${audience.sql}`,
        [guideId, answeredFrom, guideId, answeredFrom, ...audience.values],
      );
      reaches.set(id, { asked: Number(row?.asked ?? 0), read: Number(row?.done ?? 0) });
    }
    return reaches;
  }
}
