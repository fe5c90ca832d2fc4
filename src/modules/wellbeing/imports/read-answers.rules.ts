import type { FieldFault } from '../../../common/domain-error.js';
import { headingKey } from '../../imports/index.js';
import { byDimension, dimensionAnswer, isOnScale, type Answers } from '../answering/answer.rules.js';
import { TENURES } from '../answering/invitation.rules.js';
import { OTHER } from '../results/breakdowns.rules.js';
import type { Question } from '../waves/question.js';
import type { Mapping } from './import-columns.rules.js';

/** A row of a table. */
export interface Row {
  number: number;
  cells: readonly string[];
}

/** One respondent of a table. */
export interface ImportedRespondent extends Answers {
  municipality: string;
  tenure: string;
}

/** A row with what is wrong with it. */
export interface ReadRow<T> {
  rowNumber: number;
  /** Undefined when there is something wrong. */
  input: T | undefined;
  faults: FieldFault[];
}

/**
 * Reads a table with a row for each respondent. A cell is a value of the scale or its word in either language; a dimension of which
 * something is missing counts as not answered, as it does in the product.
 * @param codeOf gives the code of a municipality by whatever name
 */
export function readRespondents(
  rows: readonly Row[],
  mapping: Mapping,
  questions: readonly Question[],
  codeOf: (name: string) => string | undefined,
): ReadRow<ImportedRespondent>[] {
  return rows.map(({ number, cells }) => {
    const faults: FieldFault[] = [];
    const cell = (column: string) => cells[mapping.indexOf(column)]?.trim() ?? '';
    const dimensions = byDimension(questions).flatMap((list) => {
      const values = list.map((question) => valueOf(cell(question.key), question, faults));
      if (values.some((value) => value === undefined)) return [];
      return [dimensionAnswer(list, Object.fromEntries(list.map(({ key }, n) => [key, values[n]!])))];
    });
    const comments = questions
      .filter(({ kind, key }) => kind === 'text' && cell(key) !== '')
      .map(({ key }) => ({ questionKey: key, comment: cell(key) }));
    const municipality = cell('municipality') === '' ? OTHER : codeOf(cell('municipality'));
    if (municipality === undefined) faults.push({ field: 'municipality', code: 'unknown_municipality' });
    const tenure = tenureIn(cell('tenure'));
    if (tenure === undefined) faults.push({ field: 'tenure', code: 'unknown_tenure' });
    if (faults.length === 0 && dimensions.length === 0)
      faults.push({ field: '', code: 'survey_nothing_answered' });
    const input = { dimensions, comments, municipality: municipality!, tenure: tenure! };
    return { rowNumber: number, input: faults.length === 0 ? input : undefined, faults };
  });
}

/** The value in a cell; undefined, with a fault unless it is empty, when it is none. */
function valueOf(text: string, question: Question, faults: FieldFault[]): number | undefined {
  if (text === '') return undefined;
  const { labels, scale, key } = question;
  for (const words of [labels.da, labels.en]) {
    const place = words.findIndex((word) => headingKey(word) === headingKey(text));
    if (place >= 0) return scale.min + place;
  }
  // Some tools write "4 – Enig".
  const value = Number(/^\d+(?=$|\s|[-–.:)])/.exec(text)?.[0] ?? Number.NaN);
  if (isOnScale(value, question)) return value;
  faults.push({ field: key, code: 'not_on_scale', args: { minimum: scale.min, maximum: scale.max } });
  return undefined;
}

/** A band by its key, or by a number of years. */
function tenureIn(text: string): string | undefined {
  if (text === '') return OTHER;
  const known = TENURES.find((band) => band === text.toLowerCase());
  if (known) return known;
  const years = decimalIn(text);
  if (years === undefined || years < 0 || years > 60) return undefined;
  return years < 1 ? TENURES[0] : years < 3 ? TENURES[1] : TENURES[2];
}

/** A number with a decimal comma or point. */
export function decimalIn(text: string): number | undefined {
  return /^-?\d+([.,]\d+)?$/.test(text.trim()) ? Number(text.trim().replace(',', '.')) : undefined;
}
