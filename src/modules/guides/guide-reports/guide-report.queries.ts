import { Injectable } from '@nestjs/common';
import { allOf } from '../../../common/access/scope.js';
import { decodeCursor, toPage, type Page } from '../../../common/pagination.js';
import { Database } from '../../../database/database.js';
import { toInstant, toInstantOrNull } from '../../../database/sql.js';
import type { ReportKind } from '../entities/guide-report.entity.js';

/** A report as lists show it. */
export interface GuideReportRow {
  id: number;
  kind: ReportKind;
  topic: string;
  guideId: number | null;
  guideTitle: string | null;
  reportedByPersonId: number;
  reporterName: string;
  municipalityName: string | null;
  reportedAt: string;
  settledAt: string | null;
}

type Raw = Omit<GuideReportRow, 'reportedAt' | 'settledAt'> & {
  reportedAt: string | Date;
  settledAt: string | Date | null;
};

/** Reads what was reported about guides. */
@Injectable()
export class GuideReportQueries {
  constructor(private readonly database: Database) {}

  /** A page of reports, newest first. The municipality is where the reporter works as an agent now. */
  async list(filter: {
    isSettled: boolean;
    limit: number;
    cursor?: string | undefined;
  }): Promise<Page<GuideReportRow>> {
    const cursor = decodeCursor(filter.cursor, ['number']);
    const where = allOf([
      { sql: filter.isSettled ? 'r.settledAt IS NOT NULL' : 'r.settledAt IS NULL', values: [] },
      cursor && { sql: 'r.id < ?', values: cursor },
    ]);
    const rows = await this.database.select<Raw>(
      `SELECT r.id, r.kind, r.topic, r.guideId, g.title AS guideTitle, r.reportedByPersonId,
              CONCAT(p.firstName, ' ', p.lastName) AS reporterName, u.name AS municipalityName, r.reportedAt, r.settledAt
         FROM guide_report r
         JOIN person p ON p.id = r.reportedByPersonId
         LEFT JOIN guide g ON g.id = r.guideId
         LEFT JOIN agent a ON a.personId = r.reportedByPersonId
         LEFT JOIN employment m ON m.openAgentId = a.id
         LEFT JOIN municipality u ON u.code = m.municipalityCode
        WHERE ${where.sql} ORDER BY r.id DESC LIMIT ?`,
      [...where.values, filter.limit + 1],
    );
    return toPage(rows.map(toRow), filter.limit, ({ id }) => [id]);
  }

  /** How many are open. */
  async countOpen(): Promise<number> {
    const row = await this.database.selectOne<{ count: number | string }>(
      'SELECT COUNT(*) AS count FROM guide_report WHERE settledAt IS NULL',
    );
    return Number(row?.count ?? 0);
  }
}

function toRow(raw: Raw): GuideReportRow {
  return {
    ...raw,
    reportedAt: toInstant(raw.reportedAt).toISOString(),
    settledAt: toInstantOrNull(raw.settledAt)?.toISOString() ?? null,
  };
}
