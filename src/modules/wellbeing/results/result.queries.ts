import { Injectable } from '@nestjs/common';
import type { Principal } from '../../../common/access/principal.js';
import { columnIs, allOf, seesAll, type Condition } from '../../../common/access/scope.js';
import { DomainError } from '../../../common/domain-error.js';
import { Database } from '../../../database/database.js';
import { placeholders } from '../../../database/sql.js';
import { toLanguage, translator } from '../../../web/i18n/translate.js';
import { SurveyQueries, type SurveyView } from '../waves/survey.queries.js';
import type { Question } from '../waves/question.js';
import type { Breakdown } from './breakdowns.rules.js';
import { changeBetween, meanInterval, type Change } from './change.rules.js';
import type { FixedResult } from './fixed-results.rules.js';
import { groupLabel } from './group-label.js';
import type { Summary } from './scale.rules.js';

/** A figure as it is shown; without figures where there are too few answers. */
export interface ResultItem {
  parameter: string;
  label: string;
  /** Null for all together. */
  group: string | null;
  groupLabel: string | null;
  isHidden: boolean;
  answers: number | null;
  /** Asked and answered of the group, on the row without a parameter. */
  invited: number | null;
  mean: number | null;
  low: number | null;
  high: number | null;
}

/** The difference from one wave to another on one dimension. */
export interface ComparedItem {
  parameter: string;
  label: string;
  base: { answers: number | null; mean: number | null };
  with: { answers: number | null; mean: number | null };
  change: Change | null;
}

type ResultRow = FixedResult & { municipality: string | null };

const FOR_LEADERS: readonly Breakdown[] = ['total', 'question', 'municipality'];

/** Reads the figures that were fixed when a wave closed. */
@Injectable()
export class ResultQueries {
  constructor(
    private readonly database: Database,
    private readonly surveys: SurveyQueries,
  ) {}

  /**
   * The figures of a closed wave; a leader gets those of DDH and of the own municipality.
   * @throws DomainError `forbidden` for a breakdown that is not for leaders
   */
  async of(survey: SurveyView, by: Breakdown, principal: Principal, language: string): Promise<ResultItem[]> {
    if (!seesAll(principal) && !FOR_LEADERS.includes(by)) throw new DomainError('forbidden', 'forbidden');
    const rows = await this.rows(survey.id, by, principal);
    const labels = labelsOf(await this.surveys.questions(survey.id), language, by === 'question');
    const t = translator(language);
    const items = rows.map((row) => toItem(row, labels, row.municipality ?? groupLabel(by, row.groupKey, t)));
    return items.sort((a, b) => labels.place(a.parameter) - labels.place(b.parameter));
  }

  /** How two waves differ on every dimension that both have. */
  async comparison(
    base: SurveyView,
    later: SurveyView,
    principal: Principal,
    language: string,
  ): Promise<ComparedItem[]> {
    const before = new Map((await this.rows(base.id, 'total', principal)).map((row) => [row.parameter, row]));
    const after = await this.rows(later.id, 'total', principal);
    const questions = await this.surveys.questions(later.id);
    const labels = labelsOf(questions, language, false);
    const neutral = new Set(
      questions.filter(({ direction }) => direction === 'neutral').map(({ dimension }) => dimension),
    );
    return after
      .filter(({ parameter }) => parameter !== '' && before.has(parameter))
      .sort((a, b) => labels.place(a.parameter) - labels.place(b.parameter))
      .map((row) => {
        const [first, second] = [summaryIn(before.get(row.parameter)!), summaryIn(row)];
        return {
          parameter: row.parameter,
          label: labels.of(row.parameter),
          base: { answers: first?.answers ?? null, mean: first?.mean ?? null },
          with: { answers: second?.answers ?? null, mean: second?.mean ?? null },
          change: first && second ? changeBetween(first, second, neutral.has(row.parameter)) : null,
        };
      });
  }

  private rows(surveyId: number, by: Breakdown, principal: Principal): Promise<ResultRow[]> {
    const where = allOf([
      columnIs('r.surveyId', surveyId),
      columnIs('r.breakdown', by),
      by === 'municipality' ? ownMunicipalities(principal) : undefined,
    ]);
    return this.database.select<ResultRow>(
      `SELECT r.breakdown, r.groupKey, r.parameter, r.answers, r.invited, r.mean, r.deviation, m.name AS municipality
         FROM survey_result r JOIN survey s ON s.id = r.surveyId AND s.closedAt IS NOT NULL
              LEFT JOIN municipality m ON m.code = r.groupKey AND r.breakdown = 'municipality'
        WHERE ${where.sql} ORDER BY m.nameSortKey, r.groupKey DESC, r.parameter`,
      where.values,
    );
  }
}

function ownMunicipalities(principal: Principal): Condition | undefined {
  if (seesAll(principal)) return undefined;
  const codes = principal.municipalityCodes;
  if (codes.length === 0) return { sql: '1 = 0', values: [] };
  return { sql: `r.groupKey IN (${placeholders(codes)})`, values: codes };
}

function toItem(row: FixedResult, labels: Labels, label: string | null): ResultItem {
  const summary = summaryIn(row);
  const interval = summary && meanInterval(summary);
  return {
    parameter: row.parameter,
    label: labels.of(row.parameter),
    group: row.groupKey || null,
    groupLabel: label,
    isHidden: row.answers === null,
    answers: row.answers,
    invited: row.invited,
    mean: row.mean,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
  };
}

function summaryIn({ answers, mean, deviation }: FixedResult): Summary | null {
  return answers === null || mean === null ? null : { answers, mean, deviation };
}

interface Labels {
  of: (parameter: string) => string;
  /** Its place among the questions. */
  place: (parameter: string) => number;
}

/** Names by question or by dimension; the row without a parameter comes first. */
function labelsOf(questions: readonly Question[], language: string, byQuestion: boolean): Labels {
  const chosen = toLanguage(language);
  const keyOf = (question: Question) => (byQuestion ? question.key : question.dimension);
  const find = (parameter: string) => questions.findIndex((question) => keyOf(question) === parameter);
  return {
    place: find,
    of: (parameter) => {
      const question = questions[find(parameter)];
      return question ? (byQuestion ? question.text : question.dimensionLabels)[chosen] : parameter;
    },
  };
}
