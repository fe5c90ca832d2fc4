import { Injectable } from '@nestjs/common';
import type { Principal } from '../../../common/access/principal.js';
import { Clock } from '../../../common/clock.js';
import { selectRows } from '../../../database/sql.js';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import { AuditService } from '../../audit/index.js';

const ACTION = 'survey.results_viewed';
const HOUR_MS = 3_600_000;

/** Writes down who has looked at the results of a wave, once an hour at most. */
@Injectable()
export class SurveyLooks {
  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditService,
  ) {}

  async record({ personId }: Principal, surveyId: number): Promise<void> {
    const since = new Date(this.clock.now().getTime() - HOUR_MS);
    await this.unitOfWork.run(async (tx) => {
      const known = await selectRows(
        tx,
        `SELECT id FROM audit_entry
          WHERE subjectType = 'survey' AND subjectId = ? AND action = '${ACTION}' AND actorPersonId = ? AND at > ? LIMIT 1`,
        [surveyId, personId, since],
      );
      if (known.length > 0) return;
      await this.audit.record(tx, {
        actorPersonId: personId,
        action: ACTION,
        subjectType: 'survey',
        subjectId: surveyId,
      });
    });
  }
}
