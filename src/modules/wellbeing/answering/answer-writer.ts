import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { execute, insertRows } from '../../../database/sql.js';
import type { Tx } from '../../../database/unit-of-work.js';
import type { SurveyAnswer } from '../entities/survey-answer.entity.js';
import type { SurveyComment } from '../entities/survey-comment.entity.js';
import { OTHER } from '../results/breakdowns.rules.js';
import type { Answers } from './answer.rules.js';
import type { TokenGroups } from './token-groups.js';

const TOGETHER = 200;

/** The answers of one respondent with what is kept beside them. */
export interface KeptAnswers extends Answers {
  stamps: string | null;
}

/** Writes answers: rows under random keys, in an order of their own, and the sums beside them. */
@Injectable()
export class AnswerWriter {
  /** Writes the rows of any number of respondents, mixed. */
  async write(tx: Tx, surveyId: number, respondents: readonly KeptAnswers[]): Promise<void> {
    const answers = respondents.flatMap(({ dimensions, stamps }) =>
      dimensions.map(({ dimension, values, score }): SurveyAnswer => ({
        id: randomUUID(),
        surveyId,
        dimension,
        content: JSON.stringify(values),
        score,
        stampCompleted: stamps === null ? null : stamps[0] === '1',
        stampAttended: stamps === null ? null : stamps[1] === '1',
      })),
    );
    const comments = respondents.flatMap((one) =>
      one.comments.map((comment): SurveyComment => ({ id: randomUUID(), surveyId, ...comment })),
    );
    for (const chunk of inOrderOfKey(answers)) await insertRows<SurveyAnswer>(tx, 'survey_answer', chunk);
    for (const chunk of inOrderOfKey(comments)) await insertRows<SurveyComment>(tx, 'survey_comment', chunk);
  }

  /** Counts the answers of one respondent up in the sums of the groups. */
  async countUp(tx: Tx, surveyId: number, { dimensions }: Answers, groups: TokenGroups): Promise<void> {
    const scores = dimensions
      .map(({ dimension, score }) => ({ dimension, total: Math.round(100 * score) }))
      .sort((a, b) => (a.dimension < b.dimension ? -1 : 1));
    for (const [breakdown, groupKey] of [
      ['municipality', groups.municipalityGroup],
      ['tenure', groups.tenureGroup],
    ] as const) {
      if (groupKey === OTHER) continue;
      for (const { dimension, total } of [{ dimension: '', total: 0 }, ...scores])
        await execute(
          tx,
          `UPDATE survey_sum SET answers = answers + 1, total = total + ?
            WHERE surveyId = ? AND breakdown = ? AND groupKey = ? AND dimension = ?`,
          [total, surveyId, breakdown, groupKey, dimension],
        );
    }
  }
}

/** In the order of the random keys, so that not even the log of the database has them as they were given. */
function inOrderOfKey<Row extends { id: string }>(rows: readonly Row[]): Row[][] {
  const sorted = rows.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const chunks = Array.from({ length: Math.ceil(sorted.length / TOGETHER) }, (_, n) => n * TOGETHER);
  return chunks.map((from) => sorted.slice(from, from + TOGETHER));
}
