import { Injectable } from '@nestjs/common';
import { Database } from '../../../database/database.js';
import type { SurveyView } from '../waves/survey.queries.js';
import { fewestForTexts } from './suppression.rules.js';

/** Reads free texts, apart from all figures. */
@Injectable()
export class CommentQueries {
  constructor(private readonly database: Database) {}

  /**
   * The texts of a closed wave in the order of their random keys; null while there are too few answers or texts for anybody to be one
   * among many.
   */
  async of({ id, state, k, answered }: SurveyView): Promise<string[] | null> {
    if (state !== 'closed' && state !== 'published') return null;
    if ((answered ?? 0) < fewestForTexts(k)) return null;
    const rows = await this.database.select<{ comment: string }>(
      'SELECT comment FROM survey_comment WHERE surveyId = ? ORDER BY id',
      [id],
    );
    return rows.length < k ? null : rows.map(({ comment }) => comment);
  }
}
