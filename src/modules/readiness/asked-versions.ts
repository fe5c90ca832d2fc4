import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { selectRows, toInstant, toInstantOrNull } from '../../database/sql.js';
import { everApplies, type AudienceKind } from '../guides/index.js';
import type { UnreadGuide } from './readiness.rules.js';

/** A version that shifts of a period may ask for. */
export interface AskedVersion extends UnreadGuide {
  /** As the others of `RequiredVersion`. */
  id: number;
  audienceKind: AudienceKind;
  answeredFrom: number;
  /** Whether each agent's requirement is kept; if not, whoever asks reckons it from audience and receipts. */
  isKept: boolean;
}

type Row = Omit<AskedVersion, 'countsFrom' | 'appliesUntil' | 'isKept' | 'versionId'> & {
  countsFrom: string | Date;
  appliesUntil: string | Date | null;
  isKept: number;
};

/** Reads which versions shifts of a period may ask for. */
@Injectable()
export class AskedVersions {
  /** Those whose window holds any instant from the first to the last, both included; by guide and number. */
  async between(source: EntityManager, first: Date, last: Date): Promise<AskedVersion[]> {
    const rows = await selectRows<Row>(
      source,
      `SELECT v.id, v.guideId, v.number, v.title, v.minutes, v.audienceKind, v.answeredFrom, v.countsFrom, v.appliesUntil,
              CASE WHEN v.spreadAt IS NOT NULL AND v.prunedAt IS NULL THEN 1 ELSE 0 END AS isKept
         FROM guide_version v WHERE v.countsFrom <= ? AND (v.appliesUntil IS NULL OR v.appliesUntil > ?)
        ORDER BY v.guideId, v.number`,
      [last, first],
    );
    return rows.map(toVersion).filter(everApplies);
  }
}

/** Whether requirements read between two looks at the versions go by one and the same of them. */
export function isSameReckoning(before: readonly AskedVersion[], after: readonly AskedVersion[]): boolean {
  return JSON.stringify(before) === JSON.stringify(after);
}

function toVersion(row: Row): AskedVersion {
  return {
    ...row,
    versionId: row.id,
    countsFrom: toInstant(row.countsFrom),
    appliesUntil: toInstantOrNull(row.appliesUntil),
    isKept: row.isKept === 1,
  };
}
