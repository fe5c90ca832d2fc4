import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { ENV, type Env } from '../../config/env.js';
import { execute } from '../../database/sql.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { PersonalData, Retention } from '../privacy/index.js';

/** What the inbox holds about a person, and for how long. */
@Injectable()
export class TrackingPersonalData implements OnModuleInit {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly unitOfWork: UnitOfWork,
    private readonly personalData: PersonalData,
    private readonly retention: Retention,
  ) {}

  onModuleInit(): void {
    this.personalData.register({
      table: 'inbox_message',
      select: `SELECT m.receivedAt, m.status, m.body FROM inbox_message m
                WHERE m.enrolmentId IN (SELECT id FROM enrolment WHERE personId = ?)
                   OR (m.status IN ('unmatched', 'kept') AND m.learnerKey = (SELECT emailKey FROM person WHERE id = ?))`,
      erase: async (tx, personId) => {
        await execute(
          tx,
          `UPDATE inbox_message SET body = '{}' WHERE enrolmentId IN (SELECT id FROM enrolment WHERE personId = ?)`,
          [personId],
        );
        await execute(
          tx,
          `UPDATE inbox_message SET body = '{}', learnerKey = NULL
            WHERE status IN ('unmatched', 'kept') AND learnerKey = (SELECT emailKey FROM person WHERE id = ?)`,
          [personId],
        );
      },
    });
    this.retention.register({
      key: 'messages',
      months: this.env.RETENTION_MESSAGE_MONTHS,
      // The row stays: its id is what makes a late repetition a duplicate.
      run: async (before) => {
        const { affected } = await this.unitOfWork.run((tx) =>
          execute(
            tx,
            "UPDATE inbox_message SET body = '{}', learnerKey = NULL WHERE receivedAt < ? AND body <> '{}'",
            [before],
          ),
        );
        return affected;
      },
    });
  }
}
