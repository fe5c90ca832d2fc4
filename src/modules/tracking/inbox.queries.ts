import { Injectable } from '@nestjs/common';
import { allOf, columnIs } from '../../common/access/scope.js';
import { decodeCursor, toPage, type Page } from '../../common/pagination.js';
import { Database } from '../../database/database.js';
import { toInstant } from '../../database/sql.js';

/** A message as the secretariat sees it. */
export interface InboxRow {
  id: number;
  connectionId: number;
  messageId: string;
  status: 'applied' | 'unmatched';
  reason: string | null;
  enrolmentId: number | null;
  receivedAt: string;
  body: string;
}

/** Reads what the hosts sent. */
@Injectable()
export class InboxQueries {
  constructor(private readonly database: Database) {}

  /** Messages, newest first. */
  async list(filter: {
    status?: string | undefined;
    limit: number;
    cursor?: string | undefined;
  }): Promise<Page<InboxRow>> {
    const cursor = decodeCursor(filter.cursor, ['number']);
    const where = allOf([columnIs('status', filter.status), cursor && { sql: 'id < ?', values: cursor }]);
    const rows = await this.database.select<Omit<InboxRow, 'receivedAt'> & { receivedAt: string | Date }>(
      `SELECT id, connectionId, messageId, status, reason, enrolmentId, receivedAt, body
         FROM inbox_message WHERE ${where.sql} ORDER BY id DESC LIMIT ?`,
      [...where.values, filter.limit + 1],
    );
    const items = rows.map((row) => ({ ...row, receivedAt: toInstant(row.receivedAt).toISOString() }));
    return toPage(items, filter.limit, (row) => [row.id]);
  }
}
