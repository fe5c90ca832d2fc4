import { Injectable, type OnModuleInit } from '@nestjs/common';
import { execute, selectRows } from '../../database/sql.js';
import { UnitOfWork, type Tx } from '../../database/unit-of-work.js';
import { PersonalData, Retention } from '../privacy/index.js';

/** Uploaded tables are working papers: what they became is kept elsewhere. */
@Injectable()
export class ImportPersonalData implements OnModuleInit {
  constructor(
    private readonly personalData: PersonalData,
    private readonly retention: Retention,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  onModuleInit(): void {
    this.personalData.register(
      {
        table: 'column_mapping',
        select: 'SELECT mapping, savedAt FROM column_mapping WHERE savedByPersonId = ?',
      },
      { table: 'import_job', select: 'SELECT fileName, createdAt FROM import_job WHERE actorPersonId = ?' },
      {
        table: 'import_row',
        select: `SELECT r.content, j.createdAt FROM import_row r JOIN import_job j ON j.id = r.importId
                  WHERE r.emailKey = (SELECT emailKey FROM person WHERE id = ?)`,
        erase: (tx, personId) => this.forget(tx, personId),
      },
    );
    this.retention.register({ key: 'imports', months: 1, run: (before) => this.purge(before) });
  }

  private purge(before: Date): Promise<number> {
    return this.unitOfWork.run(async (tx) => {
      const old = 'SELECT id FROM import_job WHERE createdAt < ?';
      await execute(tx, `DELETE FROM import_row WHERE importId IN (${old})`, [before]);
      return (await execute(tx, 'DELETE FROM import_job WHERE createdAt < ?', [before])).affected;
    });
  }

  /** What stood in the rows is gone; one that was still to be written is refused, so that the counts stay right. */
  private async forget(tx: Tx, personId: number): Promise<void> {
    const own = 'emailKey = (SELECT emailKey FROM person WHERE id = ?)';
    const waiting = await selectRows<{ importId: number }>(
      tx,
      `SELECT importId FROM import_row WHERE state = 'valid' AND ${own} ORDER BY id`,
      [personId],
    );
    for (const { importId } of waiting)
      await execute(tx, 'UPDATE import_job SET failed = failed + 1 WHERE id = ?', [importId]);
    await execute(
      tx,
      `UPDATE import_row SET content = '{}', original = NULL, note = NULL, state = CASE WHEN state = 'valid' THEN 'failed' ELSE state END, emailKey = NULL
        WHERE ${own}`,
      [personId],
    );
  }
}
