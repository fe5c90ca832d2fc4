import { Injectable } from '@nestjs/common';
import { allOf, columnIs } from '../../common/access/scope.js';
import { decodeCursor, toPage, type Page } from '../../common/pagination.js';
import { Database } from '../../database/database.js';
import { toInstant } from '../../database/sql.js';

/** An entry as lists show it; names are looked up when it is read. */
export interface AuditRow {
  id: number;
  at: string;
  actorPersonId: number | null;
  actorName: string | null;
  action: string;
  subjectType: string;
  subjectId: number;
  detail: Record<string, string | number | boolean | null> | null;
}

/** What the list may be narrowed to. */
export interface AuditFilter {
  actor?: number | undefined;
  /** `agent:7`, or a type alone. */
  subject?: { type: string; id?: number | undefined } | undefined;
  action?: string | undefined;
  limit: number;
  cursor?: string | undefined;
}

type Raw = Omit<AuditRow, 'at' | 'detail'> & { at: string | Date; detail: string | null };

/** Reads the audit trail. */
@Injectable()
export class AuditQueries {
  constructor(private readonly database: Database) {}

  /** Entries, newest first. */
  async list(filter: AuditFilter): Promise<Page<AuditRow>> {
    const cursor = decodeCursor(filter.cursor, ['number']);
    const where = allOf([
      columnIs('e.actorPersonId', filter.actor),
      columnIs('e.subjectType', filter.subject?.type),
      columnIs('e.subjectId', filter.subject?.id),
      columnIs('e.action', filter.action),
      cursor && { sql: 'e.id < ?', values: cursor },
    ]);
    const rows = await this.database.select<Raw>(
      `SELECT e.id, e.at, e.actorPersonId, CONCAT(p.firstName, ' ', p.lastName) AS actorName, e.action, e.subjectType,
              e.subjectId, e.detail
         FROM audit_entry e LEFT JOIN person p ON p.id = e.actorPersonId
        WHERE ${where.sql} ORDER BY e.id DESC LIMIT ?`,
      [...where.values, filter.limit + 1],
    );
    return toPage(rows.map(toRow), filter.limit, (row) => [row.id]);
  }

  /** The actions there are in the trail, for choosing one. */
  async actions(): Promise<string[]> {
    const rows = await this.database.select<{ action: string }>(
      'SELECT DISTINCT action FROM audit_entry ORDER BY action',
    );
    return rows.map((row) => row.action);
  }
}

function toRow(raw: Raw): AuditRow {
  return {
    ...raw,
    at: toInstant(raw.at).toISOString(),
    detail: raw.detail ? (JSON.parse(raw.detail) as AuditRow['detail']) : null,
  };
}
