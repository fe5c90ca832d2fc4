import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { placeholders, selectRows } from '../../database/sql.js';
import { GuideReaders, isFor } from '../guides/index.js';
import { AskedVersions, isSameReckoning, type AskedVersion } from './asked-versions.js';
import type { UnreadGuide } from './readiness.rules.js';
import { RequirementFacts } from './requirement-facts.js';
import { readAt } from './requirements.rules.js';

/** The windows may change while we look; they hardly do so three times within milliseconds. */
const MOST_LOOKS = 3;

/**
 * Reads which guides agents have not read that shifts of a period may ask for. Requirements that are kept are looked up; those
 * of versions that are still being spread, or were removed long after the version had ended, are reckoned from audience and
 * receipts, so that the answer never is older than the question.
 */
@Injectable()
export class UnreadGuides {
  constructor(
    private readonly versions: AskedVersions,
    private readonly readers: GuideReaders,
    private readonly facts: RequirementFacts,
  ) {}

  /** By agent; who has read everything is not among them. */
  async of(
    source: EntityManager,
    agentIds: readonly number[],
    first: Date,
    last: Date,
  ): Promise<Map<number, UnreadGuide[]>> {
    let versions = await this.versions.between(source, first, last);
    if (versions.length === 0 || agentIds.length === 0) return new Map();
    for (let look = 1; ; look += 1) {
      const unread = await this.by(source, agentIds, versions);
      const after = await this.versions.between(source, first, last);
      if (isSameReckoning(versions, after) || look === MOST_LOOKS) return unread;
      versions = after;
    }
  }

  private async by(
    source: EntityManager,
    agentIds: readonly number[],
    versions: readonly AskedVersion[],
  ): Promise<Map<number, UnreadGuide[]>> {
    const kept = versions.filter(({ isKept }) => isKept);
    const others = versions.filter(({ isKept }) => !isKept);
    const found = new Map<number, UnreadGuide[]>();
    if (kept.length > 0) await this.addKept(found, source, agentIds, kept);
    if (others.length > 0) {
      await this.addReckoned(found, source, agentIds, others);
      if (kept.length > 0) sort(found);
    }
    return found;
  }

  private async addKept(
    found: Map<number, UnreadGuide[]>,
    source: EntityManager,
    agentIds: readonly number[],
    versions: readonly AskedVersion[],
  ): Promise<void> {
    const byId = new Map(versions.map((version) => [version.id, version]));
    const rows = await selectRows<{ agentId: number; versionId: number }>(
      source,
      `SELECT agentId, versionId FROM reading_requirement WHERE agentId IN (${placeholders(agentIds)}) AND readAt IS NULL`,
      agentIds,
    );
    // The database may give them in any order; versions are few, and those of an agent are fewer.
    for (const { agentId, versionId } of rows) {
      const version = byId.get(versionId);
      if (version) push(found, agentId, version);
    }
    sort(found);
  }

  private async addReckoned(
    found: Map<number, UnreadGuide[]>,
    source: EntityManager,
    agentIds: readonly number[],
    versions: readonly AskedVersion[],
  ): Promise<void> {
    const audiences = await this.readers.audiences(source, versions);
    const members = await this.readers.members(source, agentIds);
    const receipts = await this.facts.receipts(source, agentIds, versions);
    for (const [agentId, member] of members)
      for (const version of versions)
        if (isFor(audiences.get(version.id)!, member) && !readAt(version, receipts.get(agentId) ?? []))
          push(found, agentId, version);
  }
}

function push(found: Map<number, UnreadGuide[]>, agentId: number, version: UnreadGuide): void {
  const known = found.get(agentId);
  if (known) known.push(version);
  else found.set(agentId, [version]);
}

/** By guide and number, whichever way they were found. */
function sort(found: Map<number, UnreadGuide[]>): void {
  for (const unread of found.values())
    if (unread.length > 1) unread.sort((a, b) => a.guideId - b.guideId || a.number - b.number);
}
