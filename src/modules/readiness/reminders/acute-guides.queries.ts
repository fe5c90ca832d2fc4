import { Injectable } from '@nestjs/common';
import { Database } from '../../../database/database.js';
import { placeholders, toInstant } from '../../../database/sql.js';
import { GuideReaders, isFor, type AudienceKind } from '../../guides/index.js';
import { RequirementFacts } from '../requirement-facts.js';
import { readAt } from '../requirements.rules.js';

/** The template of the mail; its dedupe key ends with agent and version. */
export const ACUTE_TEMPLATE = 'guide-acute';

const HOUR_MS = 3_600_000;
/** An acute version is mailed for so long after its publication; then it counts like any other. */
const MAILED_MS = 72 * HOUR_MS;
/** To whoever has a shift that starts within this; no shift is longer either. */
const NEAR_MS = 24 * HOUR_MS;

/** An acute version that is being mailed. */
export interface AcuteVersion {
  id: number;
  guideId: number;
  number: number;
  answeredFrom: number;
  title: string;
  changeNote: string;
  minutes: number;
  audienceKind: AudienceKind;
  effectiveFrom: Date;
}

/** An agent on shift now or soon who has not read the version nor been mailed about it. */
export interface AcuteReader {
  agentId: number;
  startsAt: Date;
}

/** Spares the rule agents for whom a version cannot be meant, who would be looked at every minute. */
const MAY_BE_MEANT: Record<AudienceKind, string> = {
  all: '1 = 1',
  municipalities: `EXISTS (SELECT 1 FROM employment m JOIN guide_audience c ON c.versionId = ? AND c.code = m.municipalityCode
                            WHERE m.openAgentId = s.agentId)`,
  skills: `EXISTS (SELECT 1 FROM agent_skill m JOIN guide_audience c ON c.versionId = ? AND c.code = m.skill
                    WHERE m.agentId = s.agentId)`,
};

/** How to address an agent. */
export interface AddressedAgent {
  agentId: number;
  personId: number;
  firstName: string;
  email: string;
  language: string;
}

/** Finds acute versions and the agents who must hear of them at once. */
@Injectable()
export class AcuteGuideQueries {
  constructor(
    private readonly database: Database,
    private readonly readers: GuideReaders,
    private readonly facts: RequirementFacts,
  ) {}

  /** The acute versions of the last days that no later version has replaced. */
  async versions(now: Date): Promise<AcuteVersion[]> {
    const rows = await this.database.select<
      Omit<AcuteVersion, 'effectiveFrom'> & { effectiveFrom: string | Date }
    >(
      `SELECT v.id, v.guideId, v.number, v.answeredFrom, v.title, v.changeNote, v.minutes, v.audienceKind, v.effectiveFrom
         FROM guide_version v JOIN guide g ON g.id = v.guideId AND g.archivedAt IS NULL
        WHERE v.urgency = 'acute' AND v.withdrawnAt IS NULL AND v.publishedAt > ?
          AND NOT EXISTS (SELECT 1 FROM guide_version l WHERE l.guideId = v.guideId AND l.number > v.number
                             AND l.withdrawnAt IS NULL AND l.effectiveFrom <= ?)
        ORDER BY v.id`,
      [new Date(now.getTime() - MAILED_MS), now],
    );
    return rows.map((row) => ({ ...row, effectiveFrom: toInstant(row.effectiveFrom) }));
  }

  /**
   * The next agents after a key who are on shift now or within a day, have not read the version, and were not mailed about it or
   * about one that a minor change of it made.
   */
  async onShift(version: AcuteVersion, after: number, limit: number, now: Date): Promise<AcuteReader[]> {
    const { id, guideId, number, answeredFrom, effectiveFrom, audienceKind } = version;
    const rows = await this.database.select<{ agentId: number; startsAt: string | Date }>(
      `SELECT s.agentId, MIN(s.startsAt) AS startsAt FROM shift s
        WHERE s.startsAt > ? AND s.startsAt <= ? AND s.endsAt > ? AND s.endsAt > ? AND s.agentId > ?
          AND ${MAY_BE_MEANT[audienceKind]}
          AND NOT EXISTS (SELECT 1 FROM read_receipt r WHERE r.agentId = s.agentId AND r.guideId = ? AND r.number >= ?)
          AND NOT EXISTS (SELECT 1 FROM guide_version o
                JOIN mail k ON k.dedupeKey = CONCAT('${ACUTE_TEMPLATE}:', s.agentId, ':', o.id)
               WHERE o.guideId = ? AND o.number BETWEEN ? AND ?)
        GROUP BY s.agentId ORDER BY s.agentId LIMIT ${limit}`,
      [
        new Date(now.getTime() - NEAR_MS),
        new Date(now.getTime() + NEAR_MS),
        now,
        effectiveFrom,
        after,
        ...(audienceKind === 'all' ? [] : [id]),
        guideId,
        answeredFrom,
        guideId,
        answeredFrom,
        number,
      ],
    );
    return rows.map(({ agentId, startsAt }) => ({ agentId, startsAt: toInstant(startsAt) }));
  }

  /** Those of the agents for whom the version is meant, as employed now, and who have not answered for it. */
  async unread(
    version: Pick<AcuteVersion, 'id' | 'guideId' | 'answeredFrom' | 'audienceKind'>,
    readers: readonly AcuteReader[],
  ): Promise<AcuteReader[]> {
    const source = this.database.reader.manager;
    const agentIds = readers.map(({ agentId }) => agentId);
    const audience = (await this.readers.audiences(source, [version])).get(version.id)!;
    const members = await this.readers.members(source, agentIds);
    const receipts = await this.facts.receipts(source, agentIds, [version]);
    return readers.filter(({ agentId }) => {
      const member = members.get(agentId);
      return member && isFor(audience, member) && readAt(version, receipts.get(agentId) ?? []) === null;
    });
  }

  /** Whether an agent who still works here has yet to read a version that still stands. */
  async isUnread(agentId: number, versionId: number): Promise<boolean> {
    const version = await this.database.selectOne<
      Pick<AcuteVersion, 'id' | 'guideId' | 'answeredFrom' | 'audienceKind'>
    >(
      `SELECT v.id, v.guideId, v.answeredFrom, v.audienceKind
         FROM guide_version v JOIN guide g ON g.id = v.guideId AND g.archivedAt IS NULL
        WHERE v.id = ? AND v.withdrawnAt IS NULL`,
      [versionId],
    );
    if (!version) return false;
    return (await this.unread(version, [{ agentId, startsAt: new Date(0) }])).length > 0;
  }

  /** How to address the agents. */
  async people(agentIds: readonly number[]): Promise<Map<number, AddressedAgent>> {
    if (agentIds.length === 0) return new Map();
    const rows = await this.database.select<AddressedAgent>(
      `SELECT a.id AS agentId, p.id AS personId, p.firstName, p.email, p.language FROM agent a JOIN person p ON p.id = a.personId
        WHERE a.id IN (${placeholders(agentIds)})`,
      agentIds,
    );
    return new Map(rows.map((row) => [row.agentId, row]));
  }
}
