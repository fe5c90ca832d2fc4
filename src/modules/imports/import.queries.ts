import { Injectable } from '@nestjs/common';
import type { Principal } from '../../common/access/principal.js';
import { DomainError, type FieldFault } from '../../common/domain-error.js';
import { decodeCursor, toPage, type Page } from '../../common/pagination.js';
import { Database } from '../../database/database.js';
import { fromJson, toInstant, toInstantOrNull } from '../../database/sql.js';
import { faultMessage } from '../../web/problems/fault-message.js';
import type { Translator } from '../../web/i18n/translate.js';
import type { ImportState } from './entities/import-job.entity.js';
import type { RowState } from './entities/import-row.entity.js';
import { ImportKinds, type RowChange, type RowNote } from './import-kinds.js';
import type { TableHeader } from './table-header.rules.js';

/** An import with its counts. */
export interface ImportView {
  id: number;
  fileName: string;
  state: ImportState;
  /** Rows of data. */
  total: number;
  valid: number;
  invalid: number;
  /** Rows that are no data or are passed over. */
  skipped: number;
  done: number;
  failed: number;
  /** How many faultless rows change what; null for kinds that do not tell. */
  changes: Record<RowChange, number> | null;
  /** How many mails the faultless rows cause. */
  mails: number;
  /** The headings and what is known about them. */
  header: TableHeader | null;
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
  state: RowState;
  resultId: number | null;
  cells: Record<string, string>;
  /** What a faultless row changes, in words. */
  note: { change: RowChange; messages: string[] } | null;
  errors: RowFault[];
}

type RawJob = Omit<
  ImportView,
  'mails' | 'ignoredColumns' | 'changes' | 'header' | 'createdAt' | 'finishedAt'
> & {
  options: string;
  changes: string | null;
  header: string | TableHeader | null;
  ignoredColumns: string;
  createdAt: string | Date;
  finishedAt: string | Date | null;
};
interface RawRow {
  rowNumber: number;
  state: ImportRowView['state'];
  content: string;
  faults: string | null;
  note: string | null;
  resultId: number | null;
}

/** So many faulty rows are told with the import itself. */
export const ERRORS_SHOWN = 200;

const JOB = `SELECT id, fileName, state, total, valid, invalid, skipped, done, failed, options, changes, header, ignoredColumns, createdAt,
    finishedAt FROM import_job`;

/** Reads imports: the secretariat all, others their own. */
@Injectable()
export class ImportQueries {
  constructor(
    private readonly database: Database,
    private readonly kinds: ImportKinds,
  ) {}

  /** One import, on its way to somebody who may see its rows. @throws DomainError `not_found` */
  async find(kind: string, importId: number, principal: Principal): Promise<ImportView> {
    const own = ownOnly(principal);
    const raw = await this.database.selectOne<RawJob>(`${JOB} WHERE kind = ? AND id = ? ${own.sql}`, [
      kind,
      importId,
      ...own.values,
    ]);
    if (!raw) throw new DomainError('not_found', 'not_found');
    await this.kinds.get(kind).seen?.(importId, principal);
    return toView(raw);
  }

  /** One import with what is wrong with its first faulty rows. @throws DomainError `not_found` */
  async withErrors(
    kind: string,
    importId: number,
    principal: Principal,
    t: Translator,
  ): Promise<ImportView & { errors: RowFault[] }> {
    const view = await this.find(kind, importId, principal);
    const faulty = await this.rows(importId, { state: 'faulty', limit: ERRORS_SHOWN }, t);
    return { ...view, errors: faulty.items.flatMap((row) => row.errors) };
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
      `SELECT rowNumber, state, content, faults, note, resultId FROM import_row
        WHERE importId = ? AND state <> 'raw' ${states ? `AND state IN (${states.map(() => '?').join(', ')})` : ''}
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
    changes: raw.changes === null ? null : (JSON.parse(raw.changes) as Record<RowChange, number>),
    mails: Number((JSON.parse(options) as { mails?: string }).mails ?? 0),
    header: raw.header === null ? null : fromJson<TableHeader>(raw.header),
    ignoredColumns: JSON.parse(raw.ignoredColumns) as string[],
    createdAt: toInstant(raw.createdAt).toISOString(),
    finishedAt: toInstantOrNull(raw.finishedAt)?.toISOString() ?? null,
  };
}

function toRowView(
  { rowNumber, state, content, faults, note, resultId }: RawRow,
  t: Translator,
): ImportRowView {
  const list = faults ? (JSON.parse(faults) as FieldFault[]) : [];
  return {
    row: rowNumber,
    state,
    resultId,
    cells: JSON.parse(content) as Record<string, string>,
    note: note === null ? null : noteView(JSON.parse(note) as RowNote, t),
    errors: list.map((fault) => ({
      row: rowNumber,
      field: fault.field,
      code: fault.code,
      message: faultMessage(fault, t),
    })),
  };
}

function noteView({ change, marks }: RowNote, t: Translator): ImportRowView['note'] {
  return { change, messages: marks.map(({ key, args }) => t(`import.note.${key}`, args)) };
}
