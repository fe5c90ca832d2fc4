import type { PackageManifest } from '../packages/index.js';
import { countedUnits, firstUnit } from '../player/index.js';
import type { Stop } from './course-progress.rules.js';

/** What somebody who has stopped has stored of one unit; without a unit when nothing was stored. */
export interface StalledUnit {
  enrolmentId: number;
  /** Null when the course is taken elsewhere. */
  version: number | null;
  packageId: number | null;
  unit: number | null;
  completion: 'completed' | 'incomplete' | null;
  place: string | null;
  /** Milliseconds since 1970. */
  updatedAt: number | null;
}

/** Where people have stopped, and of how many nothing is known because they take the course elsewhere. */
export interface Stalled {
  stops: Stop[];
  elsewhere: number;
}

/**
 * Where each person has stopped: in the unit that was stored last, or, when that is completed, before the first that is not.
 * @param rows the units of one person next to each other
 */
export function stalledIn(
  rows: readonly StalledUnit[],
  manifests: ReadonlyMap<number, Pick<PackageManifest, 'scos'>>,
): Stalled {
  const people = new Map<number, StalledUnit[]>();
  for (const row of rows) {
    const known = people.get(row.enrolmentId);
    if (known) known.push(row);
    else people.set(row.enrolmentId, [row]);
  }
  const stops = [...people.values()].map((units) => stopOf(units, manifests.get(units[0]!.packageId ?? 0)));
  const known = stops.filter((stop) => stop !== null);
  return { stops: known, elsewhere: stops.length - known.length };
}

function stopOf(
  units: readonly StalledUnit[],
  manifest: Pick<PackageManifest, 'scos'> | undefined,
): Stop | null {
  const { version } = units[0]!;
  if (!manifest || version === null) return null;
  const counted = countedUnits(manifest);
  const unit = unitOf(units, counted);
  const stored = units.find((one) => one.unit === unit);
  return {
    version,
    unit,
    title: manifest.scos[unit]?.title ?? '',
    place: stored?.place ?? null,
    hasOneUnit: counted.length === 1,
  };
}

function unitOf(units: readonly StalledUnit[], counted: readonly number[]): number {
  const [last] = units
    .filter(({ unit }) => unit !== null && counted.includes(unit))
    .toSorted((a, b) => (b.updatedAt ?? 0) - (a.updatedAt ?? 0));
  if (last && last.unit !== null && last.completion !== 'completed') return last.unit;
  const completed = new Set(units.filter((one) => one.completion === 'completed').map((one) => one.unit));
  return firstUnit(counted, (index) => completed.has(index));
}
