import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../../common/clock.js';
import { Database } from '../../../database/database.js';
import { selectRows, toInstant } from '../../../database/sql.js';
import { applies, type Urgency } from '../../guides/index.js';
import { RequirementFacts } from '../requirement-facts.js';
import { requirementsOf, type RequiredVersion, type Requirement } from '../requirements.rules.js';

/** A guide version that an agent is to have read. */
export interface ReadingItem extends Requirement {
  agentId: number;
  guideId: number;
  number: number;
  title: string;
  changeNote: string;
  minutes: number;
  urgency: Urgency;
  publishedAt: Date;
  /** When no shift asks for it any more; null while nothing ends it. */
  appliesUntil: Date | null;
  /** Start of the next shift that asks for it; null when no coming one does. */
  nextAt: Date | null;
}

type Told = Pick<ReadingItem, 'number' | 'title' | 'changeNote' | 'minutes' | 'urgency' | 'publishedAt'>;

/** What agents are to have read, reckoned from the facts; for a few agents at a time. */
@Injectable()
export class ReadingListQueries {
  constructor(
    private readonly clock: Clock,
    private readonly database: Database,
    private readonly facts: RequirementFacts,
  ) {}

  /** What an agent still has to read, in the order of the shifts that ask for it; what no shift asks for comes last. */
  async open(agentId: number): Promise<ReadingItem[]> {
    const now = this.clock.now();
    const items = await this.of([agentId]);
    return items
      .filter(({ readAt, appliesUntil }) => readAt === null && (appliesUntil === null || appliesUntil > now))
      .sort((a, b) => byTime(a.nextAt, b.nextAt) || a.guideId - b.guideId || a.number - b.number);
  }

  /** Everything the agents are to have read, by agent and version. */
  async of(agentIds: readonly number[]): Promise<ReadingItem[]> {
    const source = this.database.reader.manager;
    const versions = await this.facts.versions(source);
    if (versions.length === 0 || agentIds.length === 0) return [];
    const told = await this.told(source);
    const readers = await this.facts.readersOf(source, agentIds, versions);
    const byId = new Map(versions.map((version) => [version.id, version]));
    const now = this.clock.now();
    return [...readers].flatMap(([agentId, reader]) =>
      requirementsOf(reader, versions).map((requirement) => {
        const version = byId.get(requirement.versionId)!;
        return {
          ...requirement,
          ...told.get(requirement.versionId)!,
          agentId,
          guideId: version.guideId,
          appliesUntil: version.appliesUntil,
          nextAt: nextAt(version, reader.shifts, now),
        };
      }),
    );
  }

  private async told(source: EntityManager): Promise<Map<number, Told>> {
    const rows = await selectRows<Omit<Told, 'publishedAt'> & { id: number; publishedAt: string | Date }>(
      source,
      'SELECT id, number, title, changeNote, minutes, urgency, publishedAt FROM guide_version WHERE prunedAt IS NULL',
    );
    return new Map(
      rows.map(({ id, publishedAt, ...row }) => [id, { ...row, publishedAt: toInstant(publishedAt) }]),
    );
  }
}

function nextAt(version: RequiredVersion, shifts: readonly Date[], now: Date): Date | null {
  return shifts.find((startsAt) => startsAt >= now && applies(version, startsAt)) ?? null;
}

function byTime(a: Date | null, b: Date | null): number {
  return (a?.getTime() ?? Infinity) === (b?.getTime() ?? Infinity)
    ? 0
    : (a?.getTime() ?? Infinity) - (b?.getTime() ?? Infinity);
}
