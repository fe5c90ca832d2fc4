import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { DomainError } from '../../common/domain-error.js';
import { emailKey } from '../../common/email.js';
import { Idempotency, type IdempotentCall } from '../../database/idempotency.js';
import { execute } from '../../database/sql.js';
import { UnitOfWork, type Tx } from '../../database/unit-of-work.js';
import { AuditService } from '../audit/index.js';
import { mapColumns, type ColumnMap } from './cells.rules.js';
import { ImportJob } from './entities/import-job.entity.js';
import { ImportKinds, type CheckedRow, type ImportActor, type ImportKind } from './import-kinds.js';
import { readTable } from './read-table.js';

const CHUNK = 200;
const SHOWN_HEADINGS = 50;

/** A file as it was uploaded. */
export interface UploadedFile {
  fileName: string;
  content: Buffer;
}

interface Prepared {
  cells: Record<string, string>[];
  rows: CheckedRow<unknown>[];
  columns: ColumnMap;
}

/** Takes tables in: read and checked at once, written only when somebody says so. */
@Injectable()
export class ImportService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly idempotency: Idempotency,
    private readonly clock: Clock,
    private readonly kinds: ImportKinds,
    private readonly audit: AuditService,
  ) {}

  /**
   * Reads and checks a table; nothing of it is written before `commit`.
   * @returns the id of the import
   * @throws DomainError `file_missing`, `table_…`, `import_columns_missing`
   */
  async upload(
    kindName: string,
    file: UploadedFile | undefined,
    options: Record<string, string>,
    actor: ImportActor,
    call: IdempotentCall,
  ): Promise<number> {
    if (!file || file.content.length === 0)
      throw new DomainError('file_missing', 'malformed', { faults: [{ field: 'file', code: 'required' }] });
    const kind = this.kinds.get(kindName);
    const prepared = await this.prepare(kind, file, options, actor);
    const sum = createHash('sha256').update(file.content).digest('hex');
    const { id } = await this.idempotency.run({ ...call, body: { sum, options } }, (tx) =>
      this.store(tx, kind, file.fileName, prepared, options, actor),
    );
    return id;
  }

  /** Begins to write the faultless rows. @throws DomainError `not_found`, `import_committed`, `import_nothing_valid` */
  async commit(importId: number, actor: ImportActor): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const { affected } = await execute(
        tx,
        "UPDATE import_job SET state = 'committing' WHERE id = ? AND state = 'ready' AND valid > 0",
        [importId],
      );
      if (affected === 0) {
        const job = await tx.findOneBy(ImportJob, { id: importId });
        if (!job) throw new DomainError('not_found', 'not_found');
        throw new DomainError(
          job.state === 'ready' ? 'import_nothing_valid' : 'import_committed',
          'conflict',
        );
      }
      await this.audit.record(tx, {
        actorPersonId: actor.personId,
        action: 'import.committed',
        subjectType: 'import',
        subjectId: importId,
      });
    });
  }

  private async prepare(
    kind: ImportKind,
    file: UploadedFile,
    options: Record<string, string>,
    actor: ImportActor,
  ): Promise<Prepared> {
    const [headings, ...body] = await readTable(file.content);
    const columns = mapColumns(headings!.cells, kind.columns);
    if (columns.missing.length > 0)
      throw new DomainError('import_columns_missing', 'rule', {
        args: { columns: columns.missing.join(', ') },
      });
    if (columns.repeated.length > 0)
      throw new DomainError('import_columns_repeated', 'rule', {
        args: { columns: columns.repeated.join(', ') },
      });
    const cells = body.map((row) => cellsOf(row.cells, columns));
    const rows = cells.map((row, index) => readRow(kind, row, options, body[index]!.number));
    await kind.check(rows, actor);
    return { cells, rows, columns };
  }

  private async store(
    tx: Tx,
    kind: ImportKind,
    fileName: string,
    { cells, rows, columns }: Prepared,
    options: Record<string, string>,
    actor: ImportActor,
  ): Promise<{ id: number }> {
    const valid = rows.filter((row) => row.faults.length === 0);
    const { identifiers } = await tx.insert(ImportJob, {
      kind: kind.name,
      fileName: fileName.slice(0, 200),
      state: 'ready',
      actorPersonId: actor.personId,
      options: JSON.stringify({ ...options, mails: String(kind.mails(valid.map((row) => row.input))) }),
      ignoredColumns: JSON.stringify(
        columns.ignored.slice(0, SHOWN_HEADINGS).map((name) => name.slice(0, 100)),
      ),
      total: rows.length,
      valid: valid.length,
      invalid: rows.length - valid.length,
      done: 0,
      failed: 0,
      createdAt: this.clock.now(),
    });
    const id = identifiers[0]!['id'] as number;
    for (let from = 0; from < rows.length; from += CHUNK)
      await insertRows(tx, id, rows.slice(from, from + CHUNK), cells.slice(from, from + CHUNK));
    await this.audit.record(tx, {
      actorPersonId: actor.personId,
      action: 'import.uploaded',
      subjectType: 'import',
      subjectId: id,
      detail: { kind: kind.name, rows: rows.length },
    });
    return { id };
  }
}

function cellsOf(row: string[], columns: ColumnMap): Record<string, string> {
  const cells = [...columns.positions].map(([name, position]) => [name, (row[position] ?? '').trim()]);
  return Object.fromEntries(cells) as Record<string, string>;
}

function readRow(
  kind: ImportKind,
  cells: Record<string, string>,
  options: Record<string, string>,
  rowNumber: number,
): CheckedRow<unknown> {
  try {
    return { rowNumber, input: kind.read(cells, options), faults: [] };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { rowNumber, input: undefined, faults: error.options.faults ?? [{ field: '', code: error.code }] };
  }
}

async function insertRows(
  tx: Tx,
  importId: number,
  rows: CheckedRow<unknown>[],
  cells: Record<string, string>[],
): Promise<void> {
  const values = rows.flatMap(({ rowNumber, faults }, index) => [
    importId,
    rowNumber,
    faults.length > 0 ? 'invalid' : 'valid',
    JSON.stringify(cells[index]),
    cells[index]?.['email'] ? emailKey(cells[index]['email']) : null,
    faults.length > 0 ? JSON.stringify(faults) : null,
  ]);
  await execute(
    tx,
    `INSERT INTO import_row (importId, rowNumber, state, content, emailKey, faults)
      VALUES ${rows.map(() => '(?, ?, ?, ?, ?, ?)').join(', ')}`,
    values,
  );
}
