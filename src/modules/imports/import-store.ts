import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { DomainError } from '../../common/domain-error.js';
import { execute, insertRow, insertRows, lockClause, selectRows } from '../../database/sql.js';
import type { Tx } from '../../database/unit-of-work.js';
import { AuditService } from '../audit/index.js';
import type { ImportJob, ImportState } from './entities/import-job.entity.js';
import type { ImportRow } from './entities/import-row.entity.js';
import { ignoredHeadings, type ImportLine, type ImportTable } from './import-tables.js';

/** So few that a statement of rows with the longest cells stays small. */
const CHUNK = 50;
const SHOWN_HEADINGS = 50;

/** Whose import it is, and of what. */
export interface NewImport {
  kind: string;
  fileName: string;
  actorPersonId: number;
}

/** Keeps tables until they are written. */
@Injectable()
export class ImportStore {
  constructor(
    private readonly clock: Clock,
    private readonly audit: AuditService,
  ) {}

  /** Keeps a new one. @returns its id */
  async insert(tx: Tx, { kind, fileName, actorPersonId }: NewImport, table: ImportTable): Promise<number> {
    const id = await insertRow<ImportJob>(tx, 'import_job', {
      kind,
      fileName: fileName.slice(0, 200),
      actorPersonId,
      ...contentOf(table),
      done: 0,
      failed: 0,
      leaseOwner: null,
      leaseUntil: null,
      createdAt: this.clock.now(),
      finishedAt: null,
    });
    await insertLines(tx, id, table.lines);
    await this.record(tx, 'import.uploaded', id, actorPersonId, { kind, rows: table.lines.length });
    return id;
  }

  /** Keeps a table that was understood anew in the place of what was there. @throws DomainError `not_found`, `import_committed` */
  async replace(tx: Tx, importId: number, table: ImportTable): Promise<void> {
    const [job] = await selectRows<{ state: ImportState }>(
      tx,
      `SELECT state FROM import_job WHERE id = ?${lockClause(tx)}`,
      [importId],
    );
    if (!job) throw new DomainError('not_found', 'not_found');
    if (job.state !== 'mapping' && job.state !== 'ready')
      throw new DomainError('import_committed', 'conflict');
    const content = { ...contentOf(table), failed: 0 };
    const columns = Object.keys(content).map((column) => `${column} = ?`);
    await execute(tx, `UPDATE import_job SET ${columns.join(', ')} WHERE id = ?`, [
      ...Object.values(content),
      importId,
    ]);
    await execute(tx, 'DELETE FROM import_row WHERE importId = ?', [importId]);
    await insertLines(tx, importId, table.lines);
  }

  /** Tells in the audit what somebody did with an import. */
  record(
    tx: Tx,
    action: string,
    subjectId: number,
    actorPersonId: number,
    detail: Record<string, string | number> = {},
  ): Promise<void> {
    return this.audit.record(tx, { actorPersonId, action, subjectType: 'import', subjectId, detail });
  }
}

function contentOf({ header, options, lines, changes, mails }: ImportTable) {
  const count = (state: ImportLine['state']) => lines.filter((line) => line.state === state).length;
  const ignored = ignoredHeadings(header).slice(0, SHOWN_HEADINGS);
  return {
    state: count('raw') > 0 ? ('mapping' as const) : ('ready' as const),
    options: JSON.stringify({ ...options, mails: String(mails) }),
    ignoredColumns: JSON.stringify(ignored.map((name) => name.slice(0, 100))),
    header: JSON.stringify(header),
    total: lines.length - count('skipped'),
    valid: count('valid'),
    invalid: count('invalid'),
    skipped: count('skipped'),
    changes: changes && JSON.stringify(changes),
  };
}

async function insertLines(tx: Tx, importId: number, lines: readonly ImportLine[]): Promise<void> {
  for (let from = 0; from < lines.length; from += CHUNK) {
    const rows = lines.slice(from, from + CHUNK).map((line) => ({
      importId,
      rowNumber: line.rowNumber,
      state: line.state,
      content: JSON.stringify(line.cells),
      original: JSON.stringify(line.original),
      emailKey: line.emailKey,
      faults: line.faults.length > 0 ? JSON.stringify(line.faults) : null,
      note: line.note ? JSON.stringify(line.note) : null,
      resultId: null,
    }));
    await insertRows<ImportRow>(tx, 'import_row', rows);
  }
}
