import type { FieldFault } from '../../../common/domain-error.js';
import { toPoints } from '../results/scale.rules.js';
import type { Direction } from '../results/scale.rules.js';

/** A question as it is asked. */
export interface AskedQuestion {
  key: string;
  dimension: string;
  kind: 'scale' | 'text';
  scale: { min: number; max: number };
  direction: Direction;
}

/** What one respondent answered on a dimension. */
export interface DimensionAnswer {
  dimension: string;
  values: Record<string, number>;
  score: number;
}

/** What one respondent answered. */
export interface Answers {
  dimensions: DimensionAnswer[];
  comments: { questionKey: string; comment: string }[];
}

const LONGEST_COMMENT = 2000;

/**
 * Reads what was chosen. A dimension is answered as a whole or not at all: were some of its questions passed over, the difference between
 * its figure and those of its questions would tell what a single respondent chose.
 */
export function readAnswers(
  questions: readonly AskedQuestion[],
  given: Readonly<Record<string, unknown>>,
): { answers: Answers; faults: FieldFault[] } {
  const faults: FieldFault[] = [];
  const dimensions = byDimension(questions).flatMap((list) => readDimension(list, given, faults));
  const comments = questions
    .filter(({ kind }) => kind === 'text')
    .flatMap(({ key }) => {
      const comment = textOf(given[key]);
      if (comment.length > LONGEST_COMMENT)
        faults.push({ field: key, code: 'too_long', args: { maximum: LONGEST_COMMENT } });
      return comment === '' ? [] : [{ questionKey: key, comment }];
    });
  if (faults.length === 0 && dimensions.length === 0 && comments.length === 0)
    faults.push({ field: questions[0]!.key, code: 'survey_nothing_answered' });
  return { answers: { dimensions, comments }, faults };
}

/** The scale questions by what they are part of. */
export function byDimension<Q extends AskedQuestion>(questions: readonly Q[]): Q[][] {
  const groups = new Map<string, Q[]>();
  for (const question of questions.filter(({ kind }) => kind === 'scale'))
    groups.set(question.dimension, [...(groups.get(question.dimension) ?? []), question]);
  return [...groups.values()];
}

function readDimension(
  questions: readonly AskedQuestion[],
  given: Readonly<Record<string, unknown>>,
  faults: FieldFault[],
): DimensionAnswer[] {
  const answered = questions.filter(({ key }) => textOf(given[key]) !== '');
  if (answered.length === 0) return [];
  const values = Object.fromEntries(answered.map(({ key }) => [key, Number(textOf(given[key]))]));
  for (const question of questions) {
    const value = values[question.key];
    if (value === undefined) faults.push({ field: question.key, code: 'survey_all_or_none' });
    else if (!isOnScale(value, question)) faults.push({ field: question.key, code: 'invalid_choice' });
  }
  return [dimensionAnswer(questions, values)];
}

/** A whole dimension with its score: the mean of its questions, each from 0 to 100. */
export function dimensionAnswer(
  questions: readonly AskedQuestion[],
  values: Record<string, number>,
): DimensionAnswer {
  const points = questions.map(({ key, scale, direction }) =>
    toPoints(values[key]!, { ...scale, direction }),
  );
  return {
    dimension: questions[0]!.dimension,
    values,
    score: points.reduce((sum, one) => sum + one, 0) / points.length,
  };
}

/** Whether a number is a value of the question's scale. */
export function isOnScale(value: number, { scale }: AskedQuestion): boolean {
  return Number.isInteger(value) && value >= scale.min && value <= scale.max;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.replace(/\r\n?/g, '\n').trim() : '';
}
