import { Injectable } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import { execute, insertRow, insertRows } from '../../../database/sql.js';
import type { Tx } from '../../../database/unit-of-work.js';
import type { SurveyQuestion } from '../entities/survey-question.entity.js';
import type { Survey } from '../entities/survey.entity.js';
import { SURVEY_TEMPLATE, type QuestionPlan } from './survey-template.js';

/** What a wave begins as. */
export interface SurveyPlan {
  title: string;
  year: number;
  isBaseline: boolean;
  minimumGroup: number;
  closesOn: string | null;
  questions?: readonly QuestionPlan[] | undefined;
}

/** Writes a new wave with its questions. */
@Injectable()
export class SurveyWriter {
  constructor(private readonly clock: Clock) {}

  /** @returns its id */
  async create(
    tx: Tx,
    { questions = SURVEY_TEMPLATE, ...plan }: SurveyPlan,
    byPersonId: number,
  ): Promise<number> {
    if (plan.isBaseline) await this.clearBaseline(tx);
    const id = await insertRow<Survey>(tx, 'survey', {
      ...plan,
      state: 'draft',
      invited: null,
      answered: null,
      rateShown: null,
      rateShownOn: null,
      sealedSecret: null,
      remindedOn: null,
      openedAt: null,
      closedAt: null,
      publishedAt: null,
      messageDa: null,
      messageEn: null,
      createdByPersonId: byPersonId,
      createdAt: this.clock.now(),
      version: 1,
    });
    await insertRows<SurveyQuestion>(
      tx,
      'survey_question',
      questions.map((question, n) => rowOf(id, n + 1, question)),
    );
    return id;
  }

  /** There is one baseline at most. */
  async clearBaseline(tx: Tx): Promise<void> {
    await execute(tx, 'UPDATE survey SET isBaseline = ?, version = version + 1 WHERE isBaseline = ?', [
      false,
      true,
    ]);
  }
}

function rowOf(surveyId: number, position: number, question: QuestionPlan): SurveyQuestion {
  return {
    surveyId,
    position,
    ...question,
    labelsDa: JSON.stringify(question.labelsDa),
    labelsEn: JSON.stringify(question.labelsEn),
  };
}
