import type { LocalDate } from '../../../common/local-date.js';
import { OTHER } from '../results/breakdowns.rules.js';
import { sharedGroups, sizesBy } from './sharing.rules.js';

/** How long somebody has been an agent. */
export const TENURES = ['under_1_year', '1_to_3_years', 'over_3_years'] as const;

/** Somebody who is asked. */
export interface Asked {
  municipalityCode: string;
  startOn: LocalDate;
  isCompleted: boolean;
  hasAttended: boolean;
}

/** The groups a person is counted in. */
export interface Groups {
  municipalityGroup: string;
  tenureGroup: string;
  stamps: string | null;
}

/** The band of somebody who began on a day. */
export function tenureOf(startOn: LocalDate, today: LocalDate): (typeof TENURES)[number] {
  if (startOn > yearsBefore(today, 1)) return 'under_1_year';
  return startOn > yearsBefore(today, 3) ? '1_to_3_years' : 'over_3_years';
}

/**
 * The groups in which each person's answer will be counted: only those that at least `fewest` of the people asked share, and whoever is in
 * none of them is among at least as many others.
 */
export function groupsOf<T extends Asked>(
  people: readonly T[],
  today: LocalDate,
  fewest: number,
): (T & Groups)[] {
  const tenure = (one: T) => tenureOf(one.startOn, today);
  const municipality = (one: T) => one.municipalityCode;
  const kept = {
    municipality: sharedGroups(sizesBy(people, municipality), fewest),
    tenure: sharedGroups(sizesBy(people, tenure), fewest),
    stamps: sharedGroups(sizesBy(people, stampsOf), fewest),
  };
  return people.map((one) => ({
    ...one,
    municipalityGroup: kept.municipality.has(municipality(one)) ? municipality(one) : OTHER,
    tenureGroup: kept.tenure.has(tenure(one)) ? tenure(one) : OTHER,
    stamps: kept.stamps.has(stampsOf(one)) ? stampsOf(one) : null,
  }));
}

function stampsOf({ isCompleted, hasAttended }: Asked): string {
  return `${Number(isCompleted)}${Number(hasAttended)}`;
}

function yearsBefore(day: LocalDate, years: number): LocalDate {
  return `${Number(day.slice(0, 4)) - years}${day.slice(4)}`;
}
