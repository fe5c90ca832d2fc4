import { Injectable, type OnModuleInit } from '@nestjs/common';
import { execute } from '../../database/sql.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { PersonalData, Retention } from '../privacy/index.js';

/** How long single answers are kept after a wave has closed; its figures stay. */
const ANSWERS_MONTHS = 60;

/**
 * What the module holds about a person: who made a wave or brought one in. Answers are nobody's; those of somebody who is erased stay,
 * since nobody can tell which they are.
 */
@Injectable()
export class WellbeingPersonalData implements OnModuleInit {
  constructor(
    private readonly personalData: PersonalData,
    private readonly retention: Retention,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  onModuleInit(): void {
    this.personalData.register(
      { table: 'survey', select: 'SELECT title, year, createdAt FROM survey WHERE createdByPersonId = ?' },
      {
        table: 'survey_import',
        select: 'SELECT fileName, createdAt FROM survey_import WHERE actorPersonId = ?',
      },
    );
    this.retention.register({
      key: 'survey_answers',
      months: ANSWERS_MONTHS,
      run: (before) => this.purge(before),
    });
  }

  private purge(before: Date): Promise<number> {
    return this.unitOfWork.run(async (tx) => {
      const old = 'SELECT id FROM survey WHERE closedAt < ?';
      await execute(tx, `DELETE FROM survey_comment WHERE surveyId IN (${old})`, [before]);
      return (await execute(tx, `DELETE FROM survey_answer WHERE surveyId IN (${old})`, [before])).affected;
    });
  }
}
