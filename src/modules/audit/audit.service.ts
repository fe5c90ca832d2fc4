import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { insertRows } from '../../database/sql.js';
import type { Tx } from '../../database/unit-of-work.js';
import type { AuditEntry } from './entities/audit-entry.entity.js';

/** One thing that was done. `detail` takes keys and codes, never names, addresses or figures. */
export interface AuditRecord {
  actorPersonId: number | null;
  action: string;
  subjectType: string;
  subjectId: number;
  detail?: Record<string, string | number | boolean | null>;
}

const TOGETHER = 100;

/** Writes the audit trail, in the unit of work of what it tells about. */
@Injectable()
export class AuditService {
  constructor(private readonly clock: Clock) {}

  async record(tx: Tx, entry: AuditRecord): Promise<void> {
    await this.recordAll(tx, [entry]);
  }

  /** Any number of things that were done at once. */
  async recordAll(tx: Tx, entries: readonly AuditRecord[]): Promise<void> {
    const at = this.clock.now();
    for (let from = 0; from < entries.length; from += TOGETHER)
      await insertRows<AuditEntry>(
        tx,
        'audit_entry',
        entries.slice(from, from + TOGETHER).map((entry) => ({
          at,
          actorPersonId: entry.actorPersonId,
          action: entry.action,
          subjectType: entry.subjectType,
          subjectId: entry.subjectId,
          detail: entry.detail ? JSON.stringify(entry.detail) : null,
        })),
      );
  }
}
