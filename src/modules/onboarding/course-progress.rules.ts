/** Times and places are told from so many people on: below it, one of them could be recognised (decision "Fairness"). */
export const FEWEST = 5;

/** Whoever has not been heard of for so many days is counted as having stopped. */
export const STALLED_DAYS = 7;

const LONGEST_PLACE = 60;
const LONGEST_WORD = 24;

/** How many people a figure is of, and its median; null when they are too few to be shown. */
export interface Median {
  people: number;
  median: number | null;
}

/** How many of the enrolled have come how far; each step counts by itself. */
export interface Funnel {
  enrolled: number;
  begun: number;
  completed: number;
  passed: number;
  waived: number;
  /** Those who are to take a newer version. */
  retake: number;
}

/** The steps in the order in which they are shown. */
export const FUNNEL_STEPS = ['enrolled', 'begun', 'completed', 'passed', 'waived', 'retake'] as const;

/** Time that one person has spent in a version. */
export interface TimeSpent {
  version: number;
  enrolmentId: number;
  seconds: number;
}

/** The middle value; the mean of the two in the middle when their number is even. NaN of nothing. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

/** The median, rounded to a whole number, unless it is of too few people. */
export function medianOfEnough(values: readonly number[]): Median {
  const people = values.length;
  return { people, median: people < FEWEST ? null : Math.round(median(values)) };
}

/**
 * The median time per version in minutes, newest version first. A person counts once in a version, with the first attempt that was
 * completed.
 * @param spent one row for each completed attempt, of one enrolment the earliest first
 */
export function minutesByVersion(spent: readonly TimeSpent[]): (Median & { version: number })[] {
  const versions = new Map<number, Map<number, number>>();
  for (const { version, enrolmentId, seconds } of spent) {
    const people = versions.get(version) ?? new Map<number, number>();
    if (!people.has(enrolmentId)) people.set(enrolmentId, seconds / 60);
    versions.set(version, people);
  }
  return [...versions]
    .toSorted(([a], [b]) => b - a)
    .map(([version, people]) => ({ version, ...medianOfEnough([...people.values()]) }));
}

/** Where one person has stopped. */
export interface Stop {
  version: number;
  /** Place among the units of the manifest. */
  unit: number;
  title: string;
  /** Where in the unit, as the content calls it; only told where the package has no other unit. */
  place: string | null;
  hasOneUnit: boolean;
}

/** How many have stopped in a unit. */
export interface UnitStops {
  version: number;
  unit: number;
  title: string;
  people: number;
  /** Where in it, most people first; null stands for all places that cannot be told. Empty where the package has several units. */
  places: { place: string | null; people: number }[];
}

/** Counts by unit, newest version first, then in the order of the manifest. */
export function stopsByUnit(stops: readonly Stop[]): UnitStops[] {
  const units = new Map<string, Stop[]>();
  for (const stop of stops) {
    const key = `${stop.version}:${stop.unit}`;
    const known = units.get(key);
    if (known) known.push(stop);
    else units.set(key, [stop]);
  }
  return [...units.values()]
    .map((people) => {
      const { version, unit, title, hasOneUnit } = people[0]!;
      const places = hasOneUnit ? stopsByPlace(people.map(({ place }) => place)) : [];
      return { version, unit, title, people: people.length, places };
    })
    .toSorted((a, b) => b.version - a.version || a.unit - b.unit);
}

/** Counts by place; a place of too few people, or one that nobody can read, is only "somewhere". */
export function stopsByPlace(places: readonly (string | null)[]): UnitStops['places'] {
  const counts = new Map<string, number>();
  for (const place of places.map(readablePlace))
    if (place !== null) counts.set(place, (counts.get(place) ?? 0) + 1);
  const told = [...counts].filter(([, people]) => people >= FEWEST);
  const somewhere = places.length - told.reduce((sum, [, people]) => sum + people, 0);
  const shown = told
    .toSorted(([a, many], [b, more]) => more - many || (a < b ? -1 : 1))
    .map(([place, people]) => ({ place, people }));
  return somewhere > 0 ? [...shown, { place: null, people: somewhere }] : shown;
}

/** The place when a person can read it: a short text of words and numbers, neither data nor a random key. */
export function readablePlace(place: string | null): string | null {
  const text = place?.trim() ?? '';
  if (text.length === 0 || text.length > LONGEST_PLACE) return null;
  if (!/^[\p{L}\p{N}“„»"][\p{L}\p{M}\p{N} .,:()/&!?'’"“”„»«–_-]*$/u.test(text)) return null;
  return text.split(/[ /]/).every((word) => word.length <= LONGEST_WORD) ? text : null;
}
