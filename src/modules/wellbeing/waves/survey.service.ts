import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { DomainError } from '../../../common/domain-error.js';
import { Idempotency, type IdempotentCall } from '../../../database/idempotency.js';
import { execute, lockClause, selectRows } from '../../../database/sql.js';
import { UnitOfWork, type Tx } from '../../../database/unit-of-work.js';
import { AuditService } from '../../audit/index.js';
import { minimumFault, type SurveyState } from './survey.rules.js';
import { SurveyWriter } from './survey-writer.js';
import { toPlans, type newSurvey, type surveyChange } from './surveys.schemas.js';

interface Held {
  state: SurveyState;
  title: string;
  minimumGroup: number;
  closesOn: string | null;
  isBaseline: number | boolean;
  version: number;
}

/** Makes and changes waves. */
@Injectable()
export class SurveyService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly idempotency: Idempotency,
    private readonly writer: SurveyWriter,
    private readonly audit: AuditService,
  ) {}

  /** Makes a wave that nobody is asked about yet. */
  create(
    survey: z.output<typeof newSurvey>,
    byPersonId: number,
    call: IdempotentCall,
  ): Promise<{ id: number }> {
    const { k, closesOn = null, questions, ...rest } = survey;
    return this.idempotency.run(call, async (tx) => {
      const plan = { ...rest, minimumGroup: k, closesOn, questions: questions && toPlans(questions) };
      const id = await this.writer.create(tx, plan, byPersonId);
      await this.note(tx, 'survey.created', id, byPersonId);
      return { id };
    });
  }

  /** @throws DomainError `not_found`, `stale_version`, `survey_k_too_low`, `survey_k_fixed` */
  async change(surveyId: number, change: z.output<typeof surveyChange>, byPersonId: number): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const [held] = await selectRows<Held>(
        tx,
        `SELECT state, title, minimumGroup, closesOn, isBaseline, version FROM survey WHERE id = ?${lockClause(tx)}`,
        [surveyId],
      );
      if (!held) throw new DomainError('not_found', 'not_found');
      if (held.version !== change.version) throw new DomainError('stale_version', 'conflict');
      const { k = held.minimumGroup, isBaseline = Boolean(held.isBaseline) } = change;
      refuseMinimum(minimumFault(k, held.minimumGroup, held.state));
      if (isBaseline && !held.isBaseline) await this.writer.clearBaseline(tx);
      await execute(
        tx,
        'UPDATE survey SET title = ?, minimumGroup = ?, closesOn = ?, isBaseline = ?, version = version + 1 WHERE id = ?',
        [change.title ?? held.title, k, change.closesOn ?? held.closesOn, isBaseline, surveyId],
      );
      await this.note(tx, 'survey.changed', surveyId, byPersonId, { k });
    });
  }

  private note(tx: Tx, action: string, subjectId: number, actorPersonId: number, detail?: { k: number }) {
    return this.audit.record(tx, {
      actorPersonId,
      action,
      subjectType: 'survey',
      subjectId,
      ...(detail && { detail }),
    });
  }
}

function refuseMinimum(fault: ReturnType<typeof minimumFault>): void {
  if (fault === 'too_few')
    throw new DomainError('survey_k_too_low', 'rule', { faults: [{ field: 'k', code: 'survey_k_too_low' }] });
  if (fault === 'fixed')
    throw new DomainError('survey_k_fixed', 'conflict', { faults: [{ field: 'k', code: 'survey_k_fixed' }] });
}
