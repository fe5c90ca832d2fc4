import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../../../database/database.js';
import { selectRows } from '../../../database/sql.js';
import { RequirementFacts } from '../requirement-facts.js';
import { requirementsOf, type Requirement } from '../requirements.rules.js';

/** A guide version that an agent is to have read. */
export interface ReckonedRequirement extends Requirement {
  agentId: number;
  guideId: number;
  number: number;
  title: string;
  minutes: number;
  /** When no shift asks for it any more; null while nothing ends it. */
  appliesUntil: Date | null;
}

type Told = Pick<ReckonedRequirement, 'number' | 'title' | 'minutes'>;

/** What agents are to have read, reckoned from the facts; for a few agents at a time. */
@Injectable()
export class ReckonedRequirements {
  constructor(
    private readonly database: Database,
    private readonly facts: RequirementFacts,
  ) {}

  /** Everything the agents are to have read, by agent and version. */
  async of(agentIds: readonly number[]): Promise<ReckonedRequirement[]> {
    const source = this.database.reader.manager;
    const versions = await this.facts.versions(source);
    if (versions.length === 0 || agentIds.length === 0) return [];
    const told = await this.told(source);
    const readers = await this.facts.readersOf(source, agentIds, versions);
    const byId = new Map(versions.map((version) => [version.id, version]));
    return [...readers].flatMap(([agentId, reader]) =>
      requirementsOf(reader, versions).map((requirement) => {
        const version = byId.get(requirement.versionId)!;
        return {
          ...requirement,
          ...told.get(requirement.versionId)!,
          agentId,
          guideId: version.guideId,
          appliesUntil: version.appliesUntil,
        };
      }),
    );
  }

  private async told(source: EntityManager): Promise<Map<number, Told>> {
    const rows = await selectRows<Told & { id: number }>(
      source,
      'SELECT id, number, title, minutes FROM guide_version WHERE prunedAt IS NULL',
    );
    return new Map(rows.map(({ id, ...row }) => [id, row]));
  }
}
