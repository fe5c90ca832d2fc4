import { headingKey } from '../../imports/index.js';
import type { Question } from '../waves/question.js';

/** What a column of a table of answers can be beside a question. */
export const PLAIN_COLUMNS = [
  'municipality',
  'tenure',
  'parameter',
  'mean',
  'n',
  'sd',
  'min',
  'max',
] as const;

const ALIASES: Record<(typeof PLAIN_COLUMNS)[number], readonly string[]> = {
  municipality: ['municipality', 'kommune'],
  tenure: ['tenure', 'anciennitet'],
  parameter: ['parameter', 'dimension', 'spørgsmål', 'question'],
  mean: ['mean', 'average', 'gennemsnit', 'middel', 'middelværdi', 'score'],
  n: ['n', 'answers', 'svar', 'antal', 'antal svar'],
  sd: ['sd', 'standard deviation', 'spredning', 'standardafvigelse'],
  min: ['min', 'minimum', 'skala fra'],
  max: ['max', 'maximum', 'maksimum', 'skala til'],
};

/** What each column is: the key of a question, one of `PLAIN_COLUMNS`, or nothing to us. */
export type Mapping = (string | null)[];

/** What a table holds: a row for each respondent, or only what they came to together. */
export type TableKind = 'answers' | 'aggregates';

/** Recognises headings: keys and words of the questions in either language, and the names of the other columns. Each is taken once. */
export function guessMapping(headings: readonly string[], questions: readonly Question[]): Mapping {
  const known = new Map(
    PLAIN_COLUMNS.flatMap((column) => ALIASES[column].map((alias) => [headingKey(alias), column as string])),
  );
  for (const { key, text } of questions)
    for (const name of [key, text.da, text.en]) known.set(headingKey(name), key);
  const taken = new Set<string>();
  return headings.map((heading) => {
    const column = known.get(headingKey(heading));
    if (column === undefined || taken.has(column)) return null;
    taken.add(column);
    return column;
  });
}

/** What the table holds by its columns; null when they are neither enough for the one nor for the other. */
export function kindOf(mapping: Mapping, questions: readonly Question[]): TableKind | null {
  if (['parameter', 'mean', 'n'].every((column) => mapping.includes(column))) return 'aggregates';
  return questions.some(({ key }) => mapping.includes(key)) ? 'answers' : null;
}

/** Whether the mapping is one of ours: known columns, none twice. */
export function isMapping(mapping: Mapping, width: number, questions: readonly Question[]): boolean {
  const chosen = mapping.filter((column) => column !== null);
  const known = new Set<string>([...PLAIN_COLUMNS, ...questions.map(({ key }) => key)]);
  return (
    mapping.length === width &&
    new Set(chosen).size === chosen.length &&
    chosen.every((column) => known.has(column))
  );
}
