import { Injectable } from '@nestjs/common';
import { execute, insertRows } from '../../../database/sql.js';
import type { Tx } from '../../../database/unit-of-work.js';
import type { SurveyResult } from '../entities/survey-result.entity.js';
import { SurveyQueries } from '../waves/survey.queries.js';
import { fixedResults, type FixedResult, type WaveAnswers } from './fixed-results.rules.js';

const TOGETHER = 100;

/** Keeps the figures of a wave. */
@Injectable()
export class ResultWriter {
  constructor(private readonly surveys: SurveyQueries) {}

  /** Reckons all figures, suppressed, and keeps them beside how many answered. */
  async write(tx: Tx, surveyId: number, wave: Omit<WaveAnswers, 'questions'>): Promise<void> {
    const questions = (await this.surveys.questions(surveyId, tx))
      .filter(({ kind }) => kind === 'scale')
      .map(({ key, dimension, scale, direction }) => ({ questionKey: key, dimension, ...scale, direction }));
    await this.keep(tx, surveyId, fixedResults({ ...wave, questions }));
    const answered = wave.respondents < wave.fewest ? null : wave.respondents;
    await execute(tx, 'UPDATE survey SET answered = ?, invited = ? WHERE id = ?', [
      answered,
      wave.invited,
      surveyId,
    ]);
  }

  /** Keeps figures that are ready. */
  async keep(tx: Tx, surveyId: number, results: readonly FixedResult[]): Promise<void> {
    const rows = results.map((result): SurveyResult => ({ surveyId, ...result }));
    for (let from = 0; from < rows.length; from += TOGETHER)
      await insertRows<SurveyResult>(tx, 'survey_result', rows.slice(from, from + TOGETHER));
  }
}
