import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { placeholders, selectRows } from '../../database/sql.js';
import { isFor, type Audience, type AudienceKind, type AudienceMember } from './guides.rules.js';

/** Reads whom versions are meant for, and where agents belong. */
@Injectable()
export class GuideReaders {
  /** The audiences of versions. */
  async audiences(
    source: EntityManager,
    versions: readonly { id: number; audienceKind: AudienceKind }[],
  ): Promise<Map<number, Audience>> {
    const narrowed = versions.filter(({ audienceKind }) => audienceKind !== 'all').map(({ id }) => id);
    const codes = new Map<number, string[]>();
    if (narrowed.length > 0)
      for (const { versionId, code } of await selectRows<{ versionId: number; code: string }>(
        source,
        `SELECT versionId, code FROM guide_audience WHERE versionId IN (${placeholders(narrowed)}) ORDER BY id`,
        narrowed,
      ))
        codes.set(versionId, [...(codes.get(versionId) ?? []), code]);
    return new Map(
      versions.map(({ id, audienceKind }) => [id, { kind: audienceKind, codes: codes.get(id) ?? [] }]),
    );
  }

  /** Where the agents who are employed now belong; those who have left are not among them. */
  async members(source: EntityManager, agentIds: readonly number[]): Promise<Map<number, AudienceMember>> {
    if (agentIds.length === 0) return new Map();
    const listed = placeholders(agentIds);
    const employed = await selectRows<{ agentId: number; municipalityCode: string }>(
      source,
      `SELECT openAgentId AS agentId, municipalityCode FROM employment WHERE openAgentId IN (${listed})`,
      agentIds,
    );
    const skills = await selectRows<{ agentId: number; skill: string }>(
      source,
      `SELECT agentId, skill FROM agent_skill WHERE agentId IN (${listed}) ORDER BY skill`,
      agentIds,
    );
    const ofAgent = new Map<number, string[]>();
    for (const { agentId, skill } of skills) ofAgent.set(agentId, [...(ofAgent.get(agentId) ?? []), skill]);
    return new Map(
      employed.map(({ agentId, municipalityCode }) => [
        agentId,
        { municipalityCode, skills: ofAgent.get(agentId) ?? [] },
      ]),
    );
  }

  /** Whether a version is meant for an agent as employed now. */
  async isMeantFor(source: EntityManager, versionId: number, agentId: number): Promise<boolean> {
    const versions = await selectRows<{ id: number; audienceKind: AudienceKind }>(
      source,
      'SELECT id, audienceKind FROM guide_version WHERE id = ?',
      [versionId],
    );
    const audience = (await this.audiences(source, versions)).get(versionId);
    const member = (await this.members(source, [agentId])).get(agentId);
    return audience !== undefined && member !== undefined && isFor(audience, member);
  }
}
