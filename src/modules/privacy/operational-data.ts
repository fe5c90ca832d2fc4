import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { ENV, type Env } from '../../config/env.js';
import { execute } from '../../database/sql.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { PersonalData } from './personal-data.js';
import { Retention } from './retention.js';

/** What the ground below the modules holds about people: the audit trail, tasks, and remembered answers. */
@Injectable()
export class OperationalData implements OnModuleInit {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly unitOfWork: UnitOfWork,
    private readonly personalData: PersonalData,
    private readonly retention: Retention,
  ) {}

  onModuleInit(): void {
    this.personalData.register(
      {
        table: 'audit_entry',
        // Keys only, so nothing has to be erased: once the person's own row names nobody, neither does an entry.
        select: `SELECT at, action, subjectType FROM audit_entry
                  WHERE actorPersonId = ? OR (subjectType = 'person' AND subjectId = ?)
                     OR (subjectType = 'agent' AND subjectId IN (SELECT id FROM agent WHERE personId = ?))
                  ORDER BY id DESC`,
      },
      {
        table: 'task',
        select: `SELECT kind, createdAt, doneAt FROM task
                  WHERE doneByPersonId = ? OR (subjectType = 'person' AND subjectId = ?)
                     OR (subjectType = 'agent' AND subjectId IN (SELECT id FROM agent WHERE personId = ?))`,
      },
    );
    this.retention.register({
      key: 'audit',
      months: this.env.RETENTION_AUDIT_MONTHS,
      run: async (before) => {
        const { affected } = await this.unitOfWork.run((tx) =>
          execute(tx, 'DELETE FROM audit_entry WHERE at < ?', [before]),
        );
        return affected;
      },
    });
  }
}
