import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { insertRow } from '../../database/sql.js';
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

/** Writes the audit trail, in the unit of work of what it tells about. */
@Injectable()
export class AuditService {
  constructor(private readonly clock: Clock) {}

  async record(tx: Tx, entry: AuditRecord): Promise<void> {
    await insertRow<AuditEntry>(tx, 'audit_entry', {
      at: this.clock.now(),
      actorPersonId: entry.actorPersonId,
      action: entry.action,
      subjectType: entry.subjectType,
      subjectId: entry.subjectId,
      detail: entry.detail ? JSON.stringify(entry.detail) : null,
    });
  }
}
