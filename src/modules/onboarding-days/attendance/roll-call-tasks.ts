import { Injectable } from '@nestjs/common';
import { Database } from '../../../database/database.js';
import { selectRows } from '../../../database/sql.js';
import { UnitOfWork, type Tx } from '../../../database/unit-of-work.js';
import { TaskService } from '../../tasks/index.js';
import type { LocalDate } from '../../../common/local-date.js';

const KIND = 'attendance_missing';
/** Days with a seat whose holder nobody has marked. */
const UNMARKED = `d.cancelledAt IS NULL AND EXISTS (SELECT 1 FROM booking b WHERE b.dayId = d.id AND b.status = 'booked'
    AND NOT EXISTS (SELECT 1 FROM attendance t WHERE t.dayId = b.dayId AND t.agentId = b.agentId))`;

/** The secretariat's task to finish the roll call of a day that has been held. */
@Injectable()
export class RollCallTasks {
  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly tasks: TaskService,
  ) {}

  /** Opens the task of every day before today that somebody is not marked on; each day has one, opened once. */
  async openFor(today: LocalDate): Promise<void> {
    const days = await this.database.select<{ id: number }>(
      `SELECT d.id FROM onboarding_day d WHERE d.onDate < ? AND ${UNMARKED}
          AND NOT EXISTS (SELECT 1 FROM task k WHERE k.kind = '${KIND}' AND k.subjectType = 'onboarding_day' AND k.subjectId = d.id)
        ORDER BY d.id`,
      [today],
    );
    for (const { id } of days)
      await this.unitOfWork.run((tx) =>
        this.tasks.open(tx, {
          kind: KIND,
          subjectType: 'onboarding_day',
          subjectId: id,
          municipalityCode: null,
          occasion: 'held',
        }),
      );
  }

  /** Closes the tasks of days on which everybody is marked by now, or that are cancelled after all. */
  async settleFinished(): Promise<void> {
    const days = await this.database.select<{ id: number }>(
      `SELECT d.id FROM task k JOIN onboarding_day d ON d.id = k.subjectId
        WHERE k.kind = '${KIND}' AND k.subjectType = 'onboarding_day' AND k.doneAt IS NULL AND NOT (${UNMARKED})`,
    );
    for (const { id } of days) await this.unitOfWork.run((tx) => this.settle(tx, id));
  }

  /** Closes the task of a day on which everybody is marked. */
  async settle(tx: Tx, dayId: number): Promise<void> {
    const [open] = await selectRows(tx, `SELECT d.id FROM onboarding_day d WHERE d.id = ? AND ${UNMARKED}`, [
      dayId,
    ]);
    if (!open) await this.tasks.settle(tx, KIND, 'onboarding_day', dayId);
  }
}
