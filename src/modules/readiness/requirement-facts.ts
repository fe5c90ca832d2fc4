import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { placeholders, selectRows, toInstant, toInstantOrNull, type SqlValue } from '../../database/sql.js';
import { GuideReaders, type AudienceKind } from '../guides/index.js';
import type { Reader, Receipt, RequiredVersion } from './requirements.rules.js';

type VersionRow = {
  id: number;
  guideId: number;
  courseId: number | null;
  audienceKind: AudienceKind;
  answeredFrom: number;
  countsFrom: string | Date;
  appliesUntil: string | Date | null;
};

interface ReceiptRow {
  agentId: number;
  guideId: number;
  number: number;
  readAt: string | Date;
}

const VERSIONS = `SELECT id, guideId, courseId, audienceKind, answeredFrom, countsFrom, appliesUntil FROM guide_version v
  WHERE v.prunedAt IS NULL`;

/** Reads what the requirements of agents follow from. */
@Injectable()
export class RequirementFacts {
  constructor(private readonly readers: GuideReaders) {}

  /** The versions that may still be asked for, or those of one guide, or those being spread. */
  async versions(
    source: EntityManager,
    only: { guideId: number } | { versionId: number } | 'unspread' | 'all' = 'all',
  ): Promise<RequiredVersion[]> {
    const rows = await selectRows<VersionRow>(
      source,
      `${VERSIONS} AND ${conditionOf(only)} ORDER BY id`,
      valuesOf(only),
    );
    const audiences = await this.readers.audiences(source, rows);
    return rows.map(({ audienceKind: _, ...row }) => ({
      ...row,
      countsFrom: toInstant(row.countsFrom),
      appliesUntil: toInstantOrNull(row.appliesUntil),
      audience: audiences.get(row.id)!,
    }));
  }

  /** The agents with what matters for the versions. */
  async readersOf(
    source: EntityManager,
    agentIds: readonly number[],
    versions: readonly RequiredVersion[],
  ): Promise<Map<number, Reader>> {
    if (agentIds.length === 0) return new Map();
    const members = await this.readers.members(source, agentIds);
    const receipts = await this.receipts(source, agentIds, versions);
    const shifts = await this.shifts(source, agentIds, versions);
    return new Map(
      agentIds.map((agentId) => [
        agentId,
        {
          member: members.get(agentId) ?? null,
          receipts: receipts.get(agentId) ?? [],
          shifts: shifts.get(agentId) ?? [],
        },
      ]),
    );
  }

  /** The agents' receipts of the versions' guides. */
  async receipts(
    source: EntityManager,
    agentIds: readonly number[],
    versions: readonly Pick<RequiredVersion, 'guideId'>[],
  ): Promise<Map<number, Receipt[]>> {
    const guideIds = [...new Set(versions.map(({ guideId }) => guideId))];
    if (guideIds.length === 0) return new Map();
    const rows = await selectRows<ReceiptRow>(
      source,
      `SELECT agentId, guideId, number, readAt FROM read_receipt
        WHERE agentId IN (${placeholders(agentIds)}) AND guideId IN (${placeholders(guideIds)})`,
      [...agentIds, ...guideIds],
    );
    const ofAgent = new Map<number, Receipt[]>();
    rows.push(...(await this.completions(source, agentIds, guideIds)));
    for (const { agentId, guideId, number, readAt } of rows)
      push(ofAgent, agentId, { guideId, number, readAt: toInstant(readAt) });
    return ofAgent;
  }

  /** Whoever is through with the e-learning of a version, or let off it, has answered for the version. */
  private completions(
    source: EntityManager,
    agentIds: readonly number[],
    guideIds: readonly number[],
  ): Promise<ReceiptRow[]> {
    return selectRows<ReceiptRow>(
      source,
      `SELECT a.id AS agentId, v.guideId, v.number, COALESCE(e.completedAt, v.publishedAt) AS readAt
         FROM guide_version v JOIN enrolment e ON e.courseId = v.courseId AND e.state IN ('completed', 'waived')
         JOIN agent a ON a.personId = e.personId
        WHERE v.guideId IN (${placeholders(guideIds)}) AND a.id IN (${placeholders(agentIds)})`,
      [...guideIds, ...agentIds],
    );
  }

  private async shifts(
    source: EntityManager,
    agentIds: readonly number[],
    versions: readonly RequiredVersion[],
  ): Promise<Map<number, Date[]>> {
    if (versions.length === 0) return new Map();
    const first = versions.map(({ countsFrom }) => countsFrom).reduce((a, b) => (a < b ? a : b));
    const rows = await selectRows<{ agentId: number; startsAt: string | Date }>(
      source,
      `SELECT agentId, startsAt FROM shift WHERE agentId IN (${placeholders(agentIds)}) AND startsAt >= ?
        ORDER BY agentId, startsAt`,
      [...agentIds, first],
    );
    const ofAgent = new Map<number, Date[]>();
    for (const { agentId, startsAt } of rows) push(ofAgent, agentId, toInstant(startsAt));
    return ofAgent;
  }
}

function conditionOf(only: Parameters<RequirementFacts['versions']>[1]): string {
  if (only === 'unspread') return 'v.spreadAt IS NULL';
  if (only === 'all' || only === undefined) return '1 = 1';
  return 'guideId' in only ? 'v.guideId = ?' : 'v.id = ?';
}

function valuesOf(only: Parameters<RequirementFacts['versions']>[1]): SqlValue[] {
  return typeof only === 'object' ? Object.values(only) : [];
}

function push<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}
