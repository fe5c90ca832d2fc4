import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DomainError } from '../../common/domain-error.js';
import { Idempotency, type IdempotentCall } from '../../database/idempotency.js';
import { execute } from '../../database/sql.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { ImportJob, type ImportState } from './entities/import-job.entity.js';
import { ImportKinds, type ImportActor, type ImportOptions } from './import-kinds.js';
import { ImportStore } from './import-store.js';
import { ImportTables } from './import-tables.js';

/** A file as it was uploaded. */
export interface UploadedFile {
  fileName: string;
  content: Buffer;
}

const NOT_COMMITTED: Record<ImportState, string> = {
  mapping: 'import_not_mapped',
  ready: 'import_nothing_valid',
  committing: 'import_committed',
  committed: 'import_committed',
};

/** Takes tables in: read and checked at once, written only when somebody says so. */
@Injectable()
export class ImportService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly idempotency: Idempotency,
    private readonly kinds: ImportKinds,
    private readonly tables: ImportTables,
    private readonly store: ImportStore,
  ) {}

  /**
   * Reads and checks a table; nothing of it is written before `commit`. One whose columns must first be explained waits for that.
   * @returns the id of the import
   * @throws DomainError `file_missing`, `table_…`, `import_columns_missing`, `import_no_columns`
   */
  async upload(
    kindName: string,
    file: UploadedFile | undefined,
    options: ImportOptions,
    actor: ImportActor,
    call: IdempotentCall,
  ): Promise<number> {
    if (!file || file.content.length === 0)
      throw new DomainError('file_missing', 'malformed', { faults: [{ field: 'file', code: 'required' }] });
    const table = await this.tables.read(this.kinds.get(kindName), file.content, options, actor);
    const sum = createHash('sha256').update(file.content).digest('hex');
    const job = { kind: kindName, fileName: file.fileName, actorPersonId: actor.personId };
    const { id } = await this.idempotency.run({ ...call, body: { sum, options } }, async (tx) => ({
      id: await this.store.insert(tx, job, table),
    }));
    return id;
  }

  /**
   * Begins to write the faultless rows.
   * @throws DomainError `not_found`, `import_not_mapped`, `import_nothing_valid`, `import_committed`
   */
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
        throw new DomainError(NOT_COMMITTED[job.state], 'conflict');
      }
      await this.store.record(tx, 'import.committed', importId, actor.personId);
    });
  }
}
