import { Injectable } from '@nestjs/common';
import { allOf } from '../../common/access/scope.js';
import type { LocalDate } from '../../common/local-date.js';
import { decodeCursor, toPage, type Page } from '../../common/pagination.js';
import { Database } from '../../database/database.js';
import { toInstant, toInstantOrNull } from '../../database/sql.js';
import type { TaskKind } from './entities/task.entity.js';

/** A task as lists show it. */
export interface TaskRow {
  id: number;
  kind: TaskKind;
  subjectType: string;
  subjectId: number;
  /** The name of whom it is about, where that is a person, or of the connection. */
  subjectName: string | null;
  /** The day, where it is about one. */
  subjectOn: LocalDate | null;
  municipalityName: string | null;
  createdAt: string;
  doneAt: string | null;
}

type Raw = Omit<TaskRow, 'createdAt' | 'doneAt'> & { createdAt: string | Date; doneAt: string | Date | null };

/** Reads tasks; it looks names up in the tables of people, connections and days, as lists for people need them (docs/adr/0006). */
@Injectable()
export class TaskQueries {
  constructor(private readonly database: Database) {}

  /** Tasks, newest first. */
  async list(filter: { done: boolean; limit: number; cursor?: string | undefined }): Promise<Page<TaskRow>> {
    const cursor = decodeCursor(filter.cursor, ['number']);
    const where = allOf([
      { sql: filter.done ? 't.doneAt IS NOT NULL' : 't.doneAt IS NULL', values: [] },
      cursor && { sql: 't.id < ?', values: cursor },
    ]);
    const rows = await this.database.select<Raw>(
      `SELECT t.id, t.kind, t.subjectType, t.subjectId, t.createdAt, t.doneAt, u.name AS municipalityName,
              COALESCE(c.name, CASE WHEN p.id IS NOT NULL THEN CONCAT(p.firstName, ' ', p.lastName) END) AS subjectName, o.onDate AS subjectOn
         FROM task t
         LEFT JOIN municipality u ON u.code = t.municipalityCode
         LEFT JOIN agent a ON t.subjectType = 'agent' AND a.id = t.subjectId
         LEFT JOIN connection c ON t.subjectType = 'connection' AND c.id = t.subjectId
         LEFT JOIN onboarding_day o ON t.subjectType = 'onboarding_day' AND o.id = t.subjectId
         LEFT JOIN mail w ON t.subjectType = 'mail' AND w.id = t.subjectId
         LEFT JOIN person p ON p.id = CASE t.subjectType WHEN 'agent' THEN a.personId WHEN 'person' THEN t.subjectId
                                           WHEN 'mail' THEN w.toPersonId END
        WHERE ${where.sql} ORDER BY t.id DESC LIMIT ?`,
      [...where.values, filter.limit + 1],
    );
    return toPage(rows.map(toRow), filter.limit, (row) => [row.id]);
  }

  /** How many are open. */
  async countOpen(): Promise<number> {
    const row = await this.database.selectOne<{ count: number | string }>(
      'SELECT COUNT(*) AS count FROM task WHERE doneAt IS NULL',
    );
    return Number(row?.count ?? 0);
  }
}

function toRow(raw: Raw): TaskRow {
  return {
    ...raw,
    createdAt: toInstant(raw.createdAt).toISOString(),
    doneAt: toInstantOrNull(raw.doneAt)?.toISOString() ?? null,
  };
}
