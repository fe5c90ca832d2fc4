import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { ENV, type Env } from '../../config/env.js';
import { execute } from '../../database/sql.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { PersonalData, Retention } from '../privacy/index.js';

/** What the outbox holds about a person, and for how long. */
@Injectable()
export class NotificationPersonalData implements OnModuleInit {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly unitOfWork: UnitOfWork,
    private readonly personalData: PersonalData,
    private readonly retention: Retention,
  ) {}

  onModuleInit(): void {
    this.personalData.register({
      table: 'mail',
      select: `SELECT toAddress, subject, text, state, createdAt, sentAt FROM mail
                WHERE toPersonId = ? OR (aboutType = 'agent' AND aboutId IN (SELECT id FROM agent WHERE personId = ?))`,
      erase: async (tx, personId) => {
        await execute(
          tx,
          `DELETE FROM mail
            WHERE toPersonId = ? OR (aboutType = 'agent' AND aboutId IN (SELECT id FROM agent WHERE personId = ?))`,
          [personId, personId],
        );
      },
    });
    this.retention.register({
      key: 'mails',
      months: this.env.RETENTION_MAIL_MONTHS,
      run: async (before) => {
        const { affected } = await this.unitOfWork.run((tx) =>
          execute(tx, "DELETE FROM mail WHERE createdAt < ? AND state IN ('sent', 'failed', 'cancelled')", [
            before,
          ]),
        );
        return affected;
      },
    });
  }
}
