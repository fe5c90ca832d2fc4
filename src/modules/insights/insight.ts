import type { LocalDate } from '../../common/local-date.js';
import type { Month } from '../quality/index.js';

/** The questions that are answered, in the order in which they are shown. */
export const INSIGHT_KEYS = [
  'onboarding-resolution',
  'high-resolution',
  'before-after-onboarding',
  'elearning-resolution',
  'guides-resolution',
  'claimed-real',
  'wellbeing-onboarding',
  'time-to-ready',
] as const;

/** One of the questions. */
export type InsightKey = (typeof INSIGHT_KEYS)[number];

/** What an answer rests on beside the data: with the same definition and the same data it is the same. */
export interface Definition {
  key: InsightKey;
  /** Counted up whenever the way of reckoning changes. */
  version: number;
  /** First and last month, both included; null where no month has been imported, or none is asked for. */
  from: Month | null;
  to: Month | null;
  /** What counts as a high rate, in whole per cent. */
  threshold: number | null;
  /** The wave of the wellbeing survey. */
  surveyId: number | null;
  /** The day on which it is asked, for questions whose answer depends on it. */
  today: LocalDate | null;
}

/** What a number is counted in. */
export type Unit =
  | 'percentage_points'
  | 'percentage_points_per_ten'
  | 'points'
  | 'days'
  | 'ratio'
  | 'kappa'
  | 'probability'
  | 'share';

/** A number with the interval in which the true one lies, in 95 of 100 such cases; an end that is not reached is null. */
export interface Effect {
  value: number;
  low: number | null;
  high: number | null;
  unit: Unit;
}

/** A group of at least five people; never fewer. */
export interface FindingGroup {
  /** Its name is `insight.group.<key>`. */
  key: string;
  /** What stands in that name. */
  args?: Record<string, number>;
  people: number;
  calls: number | null;
  /** In the unit of the finding's groups. */
  value: number;
  low: number | null;
  high: number | null;
}

/** Another number that belongs to the answer, such as the one adjusted for tenure and municipality. */
export interface Figure extends Effect {
  /** Its name is `insight.figure.<key>`. */
  key: string;
  /** The name in both languages where it is not ours, such as that of a topic of a survey. */
  label?: Label;
}

/** A name that comes from the data. */
export interface Label {
  da: string;
  en: string;
}

/** Something to be said beside the answer; its sentence is `insight.note.<key>`. */
export interface Note {
  key: string;
  args: Record<string, number>;
}

/** A municipality of at least five people. */
export interface MunicipalityValue {
  code: string;
  people: number;
  value: number;
  low: number | null;
  high: number | null;
}

/** Why a question has no answer, with how many there are of what is missing; the sentence is `insight.reason.<reason>`. */
export interface NotAnswerable {
  reason:
    | 'no_data'
    | 'few_without'
    | 'few_with'
    | 'few_calls'
    | 'few_people'
    | 'no_wave'
    | 'hidden'
    | 'no_register';
  /** Null where the viewer is not to know so small a number. */
  n: number | null;
}

/** Rows from which the answer can be reckoned again; sums and groups, never people. */
export interface CheckTable {
  columns: string[];
  rows: (string | number | null)[][];
}

/** What the data answer, without words. */
export interface Finding {
  effect: Effect | null;
  /** What the values of groups and municipalities are counted in. */
  groupUnit: 'share' | 'points' | 'days';
  groups: FindingGroup[];
  figures: Figure[];
  notes: Note[];
  municipalities: MunicipalityValue[];
  table: CheckTable;
  notAnswerable: NotAnswerable | null;
}

/** Fewest people a figure is shown for. */
export const FEWEST_PEOPLE = 5;
/** Fewest calls of a group: with fewer its rate tells little. */
export const FEWEST_CALLS = 100;

/** A question that the data do not answer. */
export function unanswered(
  groupUnit: Finding['groupUnit'],
  reason: NotAnswerable['reason'],
  n: number | null,
): Finding {
  return {
    effect: null,
    groupUnit,
    groups: [],
    figures: [],
    notes: [],
    municipalities: [],
    table: { columns: [], rows: [] },
    notAnswerable: { reason, n },
  };
}
