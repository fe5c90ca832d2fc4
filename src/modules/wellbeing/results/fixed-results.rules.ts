import { sharedGroups, sizesBy } from '../answering/sharing.rules.js';
import { OTHER, type Breakdown, type PartitionName } from './breakdowns.rules.js';
import { summaryOf, toPoints, type Scale } from './scale.rules.js';
import { shownGroups, type Cell, type Partition } from './suppression.rules.js';

/** What one respondent answered on one dimension. */
export interface AnswerRow {
  id: string;
  dimension: string;
  values: Readonly<Record<string, number>>;
  score: number;
  /** `10` for completed and not attended; null where it is not known. */
  stamps: string | null;
}

/** What a group has answered together. */
export interface GroupSum {
  breakdown: 'municipality' | 'tenure';
  groupKey: string;
  /** Empty for the respondents themselves. */
  dimension: string;
  answers: number;
  /** Hundredths of a point. */
  total: number;
}

/** A kind of person with how many of them were asked. */
export interface AskedCell {
  municipality: string;
  tenure: string;
  completed: string;
  attended: string;
  /** Null when it is not known, as of a wave that was held elsewhere. */
  invited: number | null;
}

/** Everything a wave came to. */
export interface WaveAnswers {
  fewest: number;
  respondents: number;
  /** Null when it is not known, as of a wave that was held elsewhere. */
  invited: number | null;
  questions: readonly (Scale & { questionKey: string; dimension: string })[];
  rows: readonly AnswerRow[];
  sums: readonly GroupSum[];
  /** The kinds of people who were asked. */
  cells: readonly AskedCell[];
}

/** A figure as it is kept; without figures where they may not be shown. */
export interface FixedResult {
  breakdown: Breakdown;
  groupKey: string;
  parameter: string;
  answers: number | null;
  invited: number | null;
  mean: number | null;
  deviation: number | null;
}

const HIDDEN = { answers: null, invited: null, mean: null, deviation: null } as const;

/** The rows with only those stamps that enough answers share, in each dimension. */
export function withSharedStamps(rows: readonly AnswerRow[], fewest: number): AnswerRow[] {
  const dimensions = [...new Set(rows.map(({ dimension }) => dimension))];
  return dimensions.flatMap((dimension) => {
    const own = rows.filter((row) => row.dimension === dimension);
    const kept = sharedGroups(
      sizesBy(own, ({ stamps }) => stamps ?? ''),
      fewest,
    );
    return own.map((row) => (kept.has(row.stamps ?? '') ? row : { ...row, stamps: null }));
  });
}

/**
 * All figures of a wave that will ever be shown: they are reckoned once, when it closes, and kept. Each dimension is suppressed by its own
 * numbers of answers, since somebody may pass over one.
 */
export function fixedResults(wave: WaveAnswers): FixedResult[] {
  const dimensions = [...new Set(wave.questions.map(({ dimension }) => dimension))];
  return [
    ...respondentsOf(wave),
    ...dimensions.flatMap((dimension) => [
      ...totalsOf(wave, dimension),
      ...groupsOf(wave, dimension, partitionsOf(wave, dimension)),
    ]),
  ];
}

/** How many were asked and answered: all together, and in the groups that are large enough. */
function respondentsOf(wave: WaveAnswers): FixedResult[] {
  const { respondents, fewest } = wave;
  const partitions = [bySum(wave, 'municipality', ''), bySum(wave, 'tenure', '')];
  const shown = shownGroups(respondents, partitions, cellsWithout(wave), fewest);
  const total: FixedResult = {
    ...HIDDEN,
    breakdown: 'total',
    groupKey: '',
    parameter: '',
    answers: respondents < fewest ? null : respondents,
    invited: wave.invited,
  };
  const groups = partitions.flatMap(({ name, groups: list }) =>
    list.map(({ key, answers }): FixedResult => {
      const row = { ...HIDDEN, breakdown: name as Breakdown, groupKey: key, parameter: '' };
      return shown.get(name)!.has(key) ? { ...row, answers, invited: invitedIn(wave, name, key) } : row;
    }),
  );
  return [total, ...groups];
}

function totalsOf(wave: WaveAnswers, dimension: string): FixedResult[] {
  const rows = wave.rows.filter((row) => row.dimension === dimension);
  const questions = wave.questions.filter((question) => question.dimension === dimension);
  const figures = (breakdown: Breakdown, parameter: string, scores: number[]): FixedResult => ({
    ...HIDDEN,
    ...(scores.length >= wave.fewest && summaryOf(scores)),
    breakdown,
    groupKey: '',
    parameter,
  });
  return [
    figures(
      'total',
      dimension,
      rows.map(({ score }) => score),
    ),
    ...questions.map((question) =>
      figures(
        'question',
        question.questionKey,
        rows.map(({ values }) => toPoints(values[question.questionKey]!, question)),
      ),
    ),
  ];
}

interface Division extends Partition {
  name: PartitionName;
  groups: { key: string; answers: number; mean: number; deviation: number | null }[];
}

function groupsOf(wave: WaveAnswers, dimension: string, divisions: readonly Division[]): FixedResult[] {
  const rows = wave.rows.filter((row) => row.dimension === dimension);
  const shown = shownGroups(rows.length, divisions, cellsWithout(wave), wave.fewest);
  return divisions.flatMap(({ name, groups }) =>
    groups.map(({ key, answers, mean, deviation }): FixedResult => {
      const row = { ...HIDDEN, breakdown: name, groupKey: key, parameter: dimension };
      return shown.get(name)!.has(key) ? { ...row, answers, mean, deviation } : row;
    }),
  );
}

function partitionsOf(wave: WaveAnswers, dimension: string): Division[] {
  return [
    bySum(wave, 'municipality', dimension),
    bySum(wave, 'tenure', dimension),
    byStamp(wave, 'completed', 0, dimension),
    byStamp(wave, 'attended', 1, dimension),
  ];
}

/** Sums tell no spread within a group, so that of the whole wave is taken for it. */
function bySum(wave: WaveAnswers, name: 'municipality' | 'tenure', dimension: string): Division {
  const spread = summaryOf(wave.rows.filter((row) => row.dimension === dimension).map(({ score }) => score));
  const groups = wave.sums
    .filter((sum) => sum.breakdown === name && sum.dimension === dimension && sum.groupKey !== OTHER)
    .map(({ groupKey, answers, total }) => ({
      key: groupKey,
      answers,
      mean: answers === 0 ? 0 : total / 100 / answers,
      deviation: spread?.deviation ?? null,
    }));
  return { name, groups };
}

function byStamp(
  wave: WaveAnswers,
  name: 'completed' | 'attended',
  place: number,
  dimension: string,
): Division {
  const rows = wave.rows.filter((row) => row.dimension === dimension && row.stamps !== null);
  const groups = ['1', '0'].flatMap((key) => {
    const summary = summaryOf(rows.filter(({ stamps }) => stamps![place] === key).map(({ score }) => score));
    return summary ? [{ key, ...summary }] : [];
  });
  return { name, groups };
}

function invitedIn(wave: WaveAnswers, name: string, key: string): number | null {
  const inside = wave.cells.filter(
    ({ municipality, tenure }) => (name === 'tenure' ? tenure : municipality) === key,
  );
  return inside.reduce<number | null>(
    (sum, { invited }) => (sum === null || invited === null ? null : sum + invited),
    0,
  );
}

/** Anybody may have left the stamps out. */
function cellsWithout({ cells }: WaveAnswers): Cell[] {
  return cells.flatMap(({ municipality, tenure, completed, attended }) => [
    { municipality, tenure, completed, attended },
    { municipality, tenure, completed: OTHER, attended: OTHER },
  ]);
}
