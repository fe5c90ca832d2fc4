import { Injectable } from '@nestjs/common';
import { DomainError } from '../../common/domain-error.js';
import { Database } from '../../database/database.js';
import { fromJson } from '../../database/sql.js';
import { UnitOfWork, type Tx } from '../../database/unit-of-work.js';
import { ColumnMappings } from './column-mappings.js';
import { mappingRefusals } from './column-mapping.rules.js';
import type { ImportState } from './entities/import-job.entity.js';
import { ImportKinds, type ImportActor, type ImportKind, type ImportOptions } from './import-kinds.js';
import { ImportStore } from './import-store.js';
import { ImportTables } from './import-tables.js';
import type { ColumnMapping, TableHeader, TableRow } from './table-header.rules.js';

interface OpenImport {
  kind: ImportKind;
  state: ImportState;
  header: TableHeader;
  options: ImportOptions;
  rows: TableRow[];
}

/** Understands the rows of an import anew: with other columns, or because what they are checked against has changed. */
@Injectable()
export class ImportRechecks {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly database: Database,
    private readonly kinds: ImportKinds,
    private readonly tables: ImportTables,
    private readonly store: ImportStore,
    private readonly mappings: ColumnMappings,
  ) {}

  /**
   * Says what the columns mean; the same headings will be known the next time. The rows are checked anew.
   * @throws DomainError `not_found`, `import_committed`, `import_columns_incomplete`, `invalid_input`
   */
  async map(
    importId: number,
    mapping: ColumnMapping,
    chosen: ImportOptions,
    actor: ImportActor,
  ): Promise<void> {
    const { kind, options: before, ...open } = await this.load(importId);
    const options = { ...before, ...chosen };
    const faults = mappingRefusals(
      mapping,
      open.header.headings,
      kind,
      kind.options?.(options, []) ?? options,
    );
    if (faults.length > 0) throw new DomainError('import_columns_incomplete', 'rule', { faults });
    const header = { ...open.header, mapping };
    await this.again(importId, { ...open, kind, options, header }, actor, async (tx) => {
      await this.mappings.remember(tx, kind.name, header, actor.personId);
      await this.store.record(tx, 'import.mapped', importId, actor.personId);
    });
  }

  /** Checks the rows of a `ready` import anew. @throws DomainError `not_found`, `import_not_mapped`, `import_committed` */
  async recheck(importId: number, actor: ImportActor): Promise<void> {
    const open = await this.load(importId);
    if (open.state === 'mapping') throw new DomainError('import_not_mapped', 'conflict');
    await this.again(importId, open, actor, () => Promise.resolve());
  }

  private async again(
    importId: number,
    { kind, header, rows, options }: OpenImport,
    actor: ImportActor,
    remember: (tx: Tx) => Promise<void>,
  ): Promise<void> {
    const table = await this.tables.check(kind, header, rows, options, actor);
    await this.unitOfWork.run(async (tx) => {
      await this.store.replace(tx, importId, table);
      await remember(tx);
    });
  }

  private async load(importId: number): Promise<OpenImport> {
    const job = await this.database.selectOne<{
      kind: string;
      state: ImportState;
      options: string;
      header: string | TableHeader | null;
    }>('SELECT kind, state, options, header FROM import_job WHERE id = ?', [importId]);
    if (!job) throw new DomainError('not_found', 'not_found');
    if (job.header === null || !['mapping', 'ready'].includes(job.state))
      throw new DomainError('import_committed', 'conflict');
    // Rows whose person was erased in the meantime have no cells any more.
    const rows = await this.database.select<{ rowNumber: number; original: string | string[] }>(
      'SELECT rowNumber, original FROM import_row WHERE importId = ? AND original IS NOT NULL ORDER BY rowNumber',
      [importId],
    );
    return {
      kind: this.kinds.get(job.kind),
      state: job.state,
      header: fromJson<TableHeader>(job.header),
      options: JSON.parse(job.options) as ImportOptions,
      rows: rows.map(({ rowNumber, original }) => ({
        number: rowNumber,
        cells: fromJson<string[]>(original),
      })),
    };
  }
}
