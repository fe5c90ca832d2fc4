import { Injectable } from '@nestjs/common';
import type { Principal } from '../../common/access/principal.js';
import { DomainError, type FieldFault } from '../../common/domain-error.js';
import { decodeCursor, toPage, type Page } from '../../common/pagination.js';
import { Database } from '../../database/database.js';
import { toInstant, toInstantOrNull } from '../../database/sql.js';
import { faultMessage } from '../../web/problems/fault-message.js';
import type { Translator } from '../../web/i18n/translate.js';
import type { ImportState } from './entities/import-job.entity.js';

/** An import with its counts. */
export interface ImportView {
  id: number;
  fileName: string;
  state: ImportState;
  total: number;
  valid: number;
  invalid: number;
  done: number;
  failed: number;
  /** How many mails the faultless rows cause. */
  mails: number;
  ignoredColumns: string[];
  createdAt: string;
  finishedAt: string | null;
}

/** One fault of one field of one row. */
export interface RowFault {
  row: number;
  field: string;
  code: string;
  message: string;
}

/** A row with its cells. */
export interface ImportRowView {
  row: number;
  state: 'valid' | 'invalid' | 'done' | 'failed';
  resultId: number | null;
  cells: Record<string, string>;
  errors: RowFault[];
}

type RawJob = Omit<ImportView, 'mails' | 'ignoredColumns' | 'createdAt' | 'finishedAt'> & {
  options: string;
  ignoredColumns: string;
  createdAt: string | Date;
  finishedAt: string | Date | null;
};
interface RawRow {
  rowNumber: number;
  state: ImportRowView['state'];
  content: string;
  faults: string | null;
  resultId: number | null;
}

const JOB = `SELECT id, fileName, state, total, valid, invalid, done, failed, options, ignoredColumns, createdAt, finishedAt
  FROM import_job`;

/** Reads imports: the secretariat all, others their own. */
@Injectable()
export class ImportQueries {
  constructor(private readonly database: Database) {}

  /** One import. @throws DomainError `not_found` */
  async find(kind: string, importId: number, principal: Principal): Promise<ImportView> {
    const own = ownOnly(principal);
    const raw = await this.database.selectOne<RawJob>(`${JOB} WHERE kind = ? AND id = ? ${own.sql}`, [
      kind,
      importId,
      ...own.values,
    ]);
    if (!raw) throw new DomainError('not_found', 'not_found');
    return toView(raw);
  }

  /** The latest imports of a kind. */
  async latest(kind: string, principal: Principal): Promise<ImportView[]> {
    const own = ownOnly(principal);
    const rows = await this.database.select<RawJob>(
      `${JOB} WHERE kind = ? ${own.sql} ORDER BY id DESC LIMIT 10`,
      [kind, ...own.values],
    );
    return rows.map(toView);
  }

  /** Rows, those with faults first when asked for only them. */
  async rows(
    importId: number,
    filter: { state?: string | undefined; limit: number; cursor?: string | undefined },
    t: Translator,
  ): Promise<Page<ImportRowView>> {
    const cursor = decodeCursor(filter.cursor, ['number']);
    const states =
      filter.state === 'faulty' ? ['invalid', 'failed'] : filter.state ? [filter.state] : undefined;
    const rows = await this.database.select<RawRow>(
      `SELECT rowNumber, state, content, faults, resultId FROM import_row
        WHERE importId = ? ${states ? `AND state IN (${states.map(() => '?').join(', ')})` : ''}
          ${cursor ? 'AND rowNumber > ?' : ''} ORDER BY rowNumber LIMIT ?`,
      [importId, ...(states ?? []), ...(cursor ?? []), filter.limit + 1],
    );
    const page = toPage(rows, filter.limit, (row) => [row.rowNumber]);
    return { ...page, items: page.items.map((row) => toRowView(row, t)) };
  }
}

function ownOnly(principal: Principal): { sql: string; values: number[] } {
  return principal.roles.includes('secretariat')
    ? { sql: '', values: [] }
    : { sql: 'AND actorPersonId = ?', values: [principal.personId] };
}

function toView({ options, ...raw }: RawJob): ImportView {
  return {
    ...raw,
    mails: Number((JSON.parse(options) as { mails?: string }).mails ?? 0),
    ignoredColumns: JSON.parse(raw.ignoredColumns) as string[],
    createdAt: toInstant(raw.createdAt).toISOString(),
    finishedAt: toInstantOrNull(raw.finishedAt)?.toISOString() ?? null,
  };
}

function toRowView({ rowNumber, state, content, faults, resultId }: RawRow, t: Translator): ImportRowView {
  const list = faults ? (JSON.parse(faults) as FieldFault[]) : [];
  return {
    row: rowNumber,
    state,
    resultId,
    cells: JSON.parse(content) as Record<string, string>,
    errors: list.map((fault) => ({
      row: rowNumber,
      field: fault.field,
      code: fault.code,
      message: faultMessage(fault, t),
    })),
  };
}
