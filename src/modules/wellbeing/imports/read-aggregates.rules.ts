import type { FieldFault } from '../../../common/domain-error.js';
import { headingKey } from '../../imports/index.js';
import { distanceInPoints, toPoints } from '../results/scale.rules.js';
import type { Question } from '../waves/question.js';
import type { Mapping } from './import-columns.rules.js';
import { decimalIn, type ReadRow, type Row } from './read-answers.rules.js';

/** What all respondents came to on a dimension or a question, with the scale it was asked on. */
export interface Aggregate {
  breakdown: 'total' | 'question';
  parameter: string;
  answers: number;
  /** In points. */
  mean: number;
  deviation: number | null;
  scale: { min: number; max: number };
}

/** Reads a table with a row for each parameter: its mean on its own scale, and how many answered. */
export function readAggregates(
  rows: readonly Row[],
  mapping: Mapping,
  questions: readonly Question[],
): ReadRow<Aggregate>[] {
  const seen = new Set<string>();
  return rows.map(({ number, cells }) => {
    const faults: FieldFault[] = [];
    const cell = (column: string) => cells[mapping.indexOf(column)]?.trim() ?? '';
    const found = parameterIn(cell('parameter'), questions);
    if (!found) faults.push({ field: 'parameter', code: 'unknown_parameter' });
    else if (seen.has(found.parameter)) faults.push({ field: 'parameter', code: 'parameter_twice' });
    if (found) seen.add(found.parameter);
    const figures = figuresIn(cell, found?.question.scale ?? { min: 0, max: 100 }, faults);
    if (!found || faults.length > 0) return { rowNumber: number, input: undefined, faults };
    const scale = { ...figures.scale, direction: found.question.direction };
    const input: Aggregate = {
      breakdown: found.breakdown,
      parameter: found.parameter,
      answers: figures.answers,
      mean: toPoints(figures.mean, scale),
      deviation: figures.deviation === null ? null : distanceInPoints(figures.deviation, scale),
      scale: figures.scale,
    };
    return { rowNumber: number, input, faults };
  });
}

function figuresIn(
  cell: (column: string) => string,
  asked: { min: number; max: number },
  faults: FieldFault[],
) {
  const read = (column: string, otherwise: number | null = null) => {
    const value = cell(column) === '' ? otherwise : decimalIn(cell(column));
    if (value === undefined || (value === null && column !== 'sd'))
      faults.push({ field: column, code: value === undefined ? 'not_a_number' : 'required' });
    return value ?? null;
  };
  const [min, max] = [read('min', asked.min) ?? asked.min, read('max', asked.max) ?? asked.max];
  const mean = read('mean') ?? min;
  const answers = read('n') ?? 1;
  const deviation = read('sd');
  if (!Number.isInteger(min) || !Number.isInteger(max) || max <= min)
    faults.push({ field: 'max', code: 'scale_reversed' });
  else if (mean < min || mean > max)
    faults.push({ field: 'mean', code: 'not_on_scale', args: { minimum: min, maximum: max } });
  if (!Number.isInteger(answers) || answers < 1 || answers > 1_000_000)
    faults.push({ field: 'n', code: 'not_a_number' });
  if (deviation !== null && deviation < 0) faults.push({ field: 'sd', code: 'not_a_number' });
  return { scale: { min, max }, mean, answers, deviation };
}

/** A dimension or a question by its key or its words in either language; a dimension comes first. */
function parameterIn(text: string, questions: readonly Question[]) {
  const wanted = headingKey(text);
  const is = (...names: string[]) => names.some((name) => headingKey(name) === wanted);
  if (wanted === '') return undefined;
  const dimension = questions.find(
    ({ dimension: key, dimensionLabels: { da, en }, kind }) => kind === 'scale' && is(key, da, en),
  );
  if (dimension) return { breakdown: 'total' as const, parameter: dimension.dimension, question: dimension };
  const question = questions.find(({ key, text: { da, en }, kind }) => kind === 'scale' && is(key, da, en));
  return question && { breakdown: 'question' as const, parameter: question.key, question };
}
