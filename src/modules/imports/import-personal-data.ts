import { Injectable, type OnModuleInit } from '@nestjs/common';
import { execute } from '../../database/sql.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
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
      { table: 'import_job', select: 'SELECT fileName, createdAt FROM import_job WHERE actorPersonId = ?' },
      {
        table: 'import_row',
        // A row names people by their address only, whichever column of the table it stands in.
        select: `SELECT r.content, j.createdAt FROM import_row r JOIN import_job j ON j.id = r.importId
                   JOIN person p ON p.id = ? WHERE r.content LIKE CONCAT('%"', p.email, '"%')`,
        erase: async (tx, personId) => {
          await execute(
            tx,
            `DELETE FROM import_row WHERE content LIKE (SELECT CONCAT('%"', email, '"%') FROM person WHERE id = ?)`,
            [personId],
          );
        },
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
}
