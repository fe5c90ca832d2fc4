import { Injectable } from '@nestjs/common';
import { allOf, columnIs } from '../../common/access/scope.js';
import { nameSortKey } from '../../common/name-sort-key.js';
import { decodeCursor, toPage, type Page } from '../../common/pagination.js';
import { Database } from '../../database/database.js';
import { containing, toInstant } from '../../database/sql.js';
import type { StoredStatus } from './entities/inbox-message.entity.js';

/** A message as the secretariat sees it. */
export interface InboxRow {
  id: number;
  connectionId: number;
  messageId: string;
  status: StoredStatus;
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
    connectionId?: number | undefined;
    limit: number;
    cursor?: string | undefined;
  }): Promise<Page<InboxRow>> {
    const cursor = decodeCursor(filter.cursor, ['number']);
    const where = allOf([
      columnIs('status', filter.status),
      columnIs('connectionId', filter.connectionId),
      cursor && { sql: 'id < ?', values: cursor },
    ]);
    const rows = await this.database.select<Omit<InboxRow, 'receivedAt'> & { receivedAt: string | Date }>(
      `SELECT id, connectionId, messageId, status, reason, enrolmentId, receivedAt, body
         FROM inbox_message WHERE ${where.sql} ORDER BY id DESC LIMIT ?`,
      [...where.values, filter.limit + 1],
    );
    const items = rows.map((row) => ({ ...row, receivedAt: toInstant(row.receivedAt).toISOString() }));
    return toPage(items, filter.limit, (row) => [row.id]);
  }

  /** One message. */
  async find(messageId: number): Promise<(InboxRow & { connection: string }) | undefined> {
    const row = await this.database.selectOne<
      Omit<InboxRow, 'receivedAt'> & { receivedAt: string | Date; connection: string }
    >(
      `SELECT m.id, m.connectionId, m.messageId, m.status, m.reason, m.enrolmentId, m.receivedAt, m.body,
              c.name AS connection
         FROM inbox_message m JOIN connection c ON c.id = m.connectionId WHERE m.id = ?`,
      [messageId],
    );
    return row && { ...row, receivedAt: toInstant(row.receivedAt).toISOString() };
  }

  /** How many messages fit nobody. */
  async countUnmatched(): Promise<number> {
    const row = await this.database.selectOne<{ count: number | string }>(
      "SELECT COUNT(*) AS count FROM inbox_message WHERE status = 'unmatched'",
    );
    return Number(row?.count ?? 0);
  }

  /** Enrolments that a message may be meant for, by a part of the learner's name or address. */
  candidates(q: string): Promise<{ enrolmentId: number; name: string; email: string; course: string }[]> {
    const word = containing(q.trim().toLowerCase());
    return this.database.select(
      `SELECT e.id AS enrolmentId, CONCAT(p.firstName, ' ', p.lastName) AS name, p.email, c.title AS course
         FROM enrolment e JOIN person p ON p.id = e.personId JOIN course c ON c.id = e.courseId
        WHERE p.nameSortKey LIKE ? ESCAPE '!' OR p.emailKey LIKE ? ESCAPE '!'
        ORDER BY p.nameSortKey, p.id, c.title LIMIT 25`,
      [containing(nameSortKey(q)), word],
    );
  }
}
