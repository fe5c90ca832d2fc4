import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { selectRows, toInstant } from '../../../database/sql.js';
import type { OverriddenShift, OverrideReason } from './override.rules.js';

/** Who said that an agent may take a shift, and why. */
export interface OverrideRow extends OverriddenShift {
  id: number;
  shiftId: number;
  reason: OverrideReason;
  note: string | null;
  byPersonId: number;
  byName: string;
  createdAt: Date;
}

type Raw = Omit<OverrideRow, 'startsAt' | 'createdAt'> & {
  startsAt: string | Date;
  createdAt: string | Date;
};

const SELECT = `SELECT o.id, o.shiftId, o.agentId, o.startsAt, o.reason, o.note, o.byPersonId, o.createdAt,
    CONCAT(p.firstName, ' ', p.lastName) AS byName FROM readiness_override o JOIN person p ON p.id = o.byPersonId`;

/** Reads overrides; whether one counts for its shift as it is now is for `counts` to say. */
@Injectable()
export class OverrideQueries {
  /** Those made for shifts that began between the two, both included, by shift. */
  async between(source: EntityManager, first: Date, last: Date): Promise<Map<number, OverrideRow>> {
    const rows = await selectRows<Raw>(source, `${SELECT} WHERE o.startsAt >= ? AND o.startsAt <= ?`, [
      first,
      last,
    ]);
    return new Map(rows.map((row) => [row.shiftId, toRow(row)]));
  }
}

function toRow(raw: Raw): OverrideRow {
  return { ...raw, startsAt: toInstant(raw.startsAt), createdAt: toInstant(raw.createdAt) };
}
