import { Injectable } from '@nestjs/common';
import { execute, selectRows } from '../../../database/sql.js';
import type { Tx } from '../../../database/unit-of-work.js';
import { sizesBy } from '../answering/sharing.rules.js';
import type { Aggregate } from '../imports/read-aggregates.rules.js';
import type { ImportedRespondent } from '../imports/read-answers.rules.js';
import { SurveyQueries } from '../waves/survey.queries.js';
import type { Question } from '../waves/question.js';
import { OTHER } from './breakdowns.rules.js';
import type { AskedCell, FixedResult, GroupSum } from './fixed-results.rules.js';
import { ResultWriter } from './result-writer.js';

/** Keeps the figures of a wave that was held elsewhere. */
@Injectable()
export class ImportedResults {
  constructor(
    private readonly surveys: SurveyQueries,
    private readonly writer: ResultWriter,
  ) {}

  /** The questions of a wave. */
  questions(tx: Tx, surveyId: number): Promise<Question[]> {
    return this.surveys.questions(surveyId, tx);
  }

  /** Reckons the figures of single answers, with those of municipalities and tenure where the table tells them. */
  async keepRespondents(
    tx: Tx,
    surveyId: number,
    read: readonly ImportedRespondent[],
    invited: number | null,
  ): Promise<void> {
    const rows = read.flatMap(({ dimensions }, n) =>
      dimensions.map(({ dimension, values, score }) => ({
        id: String(n),
        dimension,
        values,
        score,
        stamps: null,
      })),
    );
    await this.writer.write(tx, surveyId, {
      fewest: await this.fewest(tx, surveyId),
      respondents: read.length,
      invited,
      rows,
      sums: [...sumsBy(read, 'municipality'), ...sumsBy(read, 'tenure')],
      cells: cellsOf(read),
    });
  }

  /** Keeps the figures that were given, with the scales they were given on. */
  async keepAggregates(
    tx: Tx,
    surveyId: number,
    read: readonly Aggregate[],
    invited: number | null,
  ): Promise<void> {
    const fewest = await this.fewest(tx, surveyId);
    const most = Math.max(...read.map(({ answers }) => answers));
    const answered = most < fewest ? null : most;
    const hidden = { answers: null, invited: null, mean: null, deviation: null };
    const results = read.map(({ breakdown, parameter, answers, mean, deviation }): FixedResult => {
      const row = { ...hidden, breakdown, groupKey: '', parameter };
      return answers < fewest ? row : { ...row, answers, mean, deviation };
    });
    const total: FixedResult = {
      ...hidden,
      breakdown: 'total',
      groupKey: '',
      parameter: '',
      answers: answered,
      invited,
    };
    await this.writer.keep(tx, surveyId, [total, ...results]);
    for (const { breakdown, parameter, scale } of read)
      await execute(
        tx,
        `UPDATE survey_question SET scaleMin = ?, scaleMax = ?, labelsDa = '[]', labelsEn = '[]'
          WHERE surveyId = ? AND ${breakdown === 'total' ? 'dimension' : 'questionKey'} = ?
            AND (scaleMin <> ? OR scaleMax <> ?)`,
        [scale.min, scale.max, surveyId, parameter, scale.min, scale.max],
      );
    await execute(tx, 'UPDATE survey SET answered = ?, invited = ? WHERE id = ?', [
      answered,
      invited,
      surveyId,
    ]);
  }

  private async fewest(tx: Tx, surveyId: number): Promise<number> {
    const [row] = await selectRows<{ minimumGroup: number }>(
      tx,
      'SELECT minimumGroup FROM survey WHERE id = ?',
      [surveyId],
    );
    return row!.minimumGroup;
  }
}

function sumsBy(read: readonly ImportedRespondent[], breakdown: 'municipality' | 'tenure'): GroupSum[] {
  const keys = [...sizesBy(read, (one) => one[breakdown]).keys()].filter((key) => key !== OTHER).sort();
  return keys.flatMap((groupKey) => {
    const inside = read.filter((one) => one[breakdown] === groupKey);
    const sums = new Map([['', { answers: inside.length, total: 0 }]]);
    for (const { dimension, score } of inside.flatMap(({ dimensions }) => dimensions)) {
      const before = sums.get(dimension) ?? { answers: 0, total: 0 };
      sums.set(dimension, { answers: before.answers + 1, total: before.total + Math.round(100 * score) });
    }
    return [...sums].map(([dimension, sum]) => ({ breakdown, groupKey, dimension, ...sum }));
  });
}

function cellsOf(read: readonly ImportedRespondent[]): AskedCell[] {
  return [...sizesBy(read, ({ municipality, tenure }) => `${municipality}|${tenure}`).keys()].map((key) => {
    const [municipality, tenure] = key.split('|') as [string, string];
    return { municipality, tenure, completed: OTHER, attended: OTHER, invited: null };
  });
}
