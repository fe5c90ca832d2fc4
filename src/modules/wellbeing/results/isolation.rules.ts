/** Some of the respondents, as a figure is given for them. */
export interface KnownGroup {
  /** Null for all that are not shown together: they follow from the total. */
  key: string | null;
  answers: number;
}

/** One way in which the respondents are divided, as it is shown. */
export interface Axis {
  name: string;
  groups: readonly KnownGroup[];
}

/** Groups from whose figures those of too few can be reckoned. */
export type Leak = { name: string; key: string | null }[];

const COEFFICIENTS = [0, 1, -1] as const;

/**
 * Looks for a group of fewer than `fewest` whose figures follow from those that are shown, by adding and subtracting them: a union of
 * some groups without another union, over up to as many divisions as there are. A figure is a sum over respondents, so it can be
 * reckoned for exactly those sets whose indicator is a sum of indicators of shown groups; the coefficients tried are 1, 0 and −1 for
 * all divisions but the one with most groups, whose coefficients follow.
 * @param cells for each kind of person there may be, the place of its group on every axis
 * @returns the groups that were used, or null when there is nothing to be found
 */
export function isolatedFew(
  axes: readonly Axis[],
  cells: readonly (readonly number[])[],
  fewest: number,
): Leak | null {
  const base = axes.reduce((most, axis, n) => (axis.groups.length > axes[most]!.groups.length ? n : most), 0);
  const others = axes.map((_, n) => n).filter((n) => n !== base);
  let alive = cells;
  for (;;) {
    const found = tryAll({ axes, base, others, cells: alive, fewest });
    if (found === null || 'leak' in found) return found?.leak ?? null;
    // Nobody answered there, which is known now too.
    alive = alive.filter((cell) => !found.empty.has(cell));
  }
}

interface Search {
  axes: readonly Axis[];
  base: number;
  others: readonly number[];
  cells: readonly (readonly number[])[];
  fewest: number;
}
type Found = { leak: Leak } | { empty: Set<readonly number[]> } | null;

function tryAll(search: Search): Found {
  const { axes, others } = search;
  // The total is known too, so of each axis one coefficient can be taken to be 0.
  const free = others.flatMap((axis) => axes[axis]!.groups.slice(1).map((_, n) => ({ axis, group: n + 1 })));
  const coefficients = axes.map(({ groups }) => groups.map(() => 0));
  const step = (place: number): Found => {
    if (place === free.length) return tryOne(search, coefficients);
    const { axis, group } = free[place]!;
    for (const coefficient of COEFFICIENTS) {
      coefficients[axis]![group] = coefficient;
      const found = step(place + 1);
      if (found) return found;
    }
    coefficients[axis]![group] = 0;
    return null;
  };
  return step(0);
}

function tryOne({ axes, base, others, cells, fewest }: Search, coefficients: number[][]): Found {
  const value = (cell: readonly number[]) =>
    others.reduce((sum, axis) => sum + coefficients[axis]![cell[axis]!]!, 0);
  const lowest = new Map<number, number>();
  const highest = new Map<number, number>();
  for (const cell of cells) {
    const group = cell[base]!;
    lowest.set(group, Math.min(lowest.get(group) ?? Infinity, value(cell)));
    highest.set(group, Math.max(highest.get(group) ?? -Infinity, value(cell)));
  }
  for (const [group, high] of highest) if (high - lowest.get(group)! > 1) return null;
  const inside = cells.filter((cell) => value(cell) > lowest.get(cell[base]!)!);
  if (inside.length === 0) return null;
  const answers =
    others.reduce(
      (sum, axis) =>
        sum + axes[axis]!.groups.reduce((part, { answers: n }, g) => part + coefficients[axis]![g]! * n, 0),
      0,
    ) - axes[base]!.groups.reduce((sum, { answers: n }, g) => sum + (lowest.get(g) ?? 0) * n, 0);
  if (answers === 0) return { empty: new Set(inside) };
  if (answers < 0 || answers >= fewest) return null;
  return { leak: usedGroups(axes, base, coefficients, inside, lowest) };
}

function usedGroups(
  axes: readonly Axis[],
  base: number,
  coefficients: number[][],
  inside: readonly (readonly number[])[],
  lowest: ReadonlyMap<number, number>,
): Leak {
  const touched = new Set(inside.map((cell) => cell[base]!));
  return axes.flatMap(({ name, groups }, axis) =>
    groups
      .filter((_, g) =>
        axis === base ? touched.has(g) || (lowest.get(g) ?? 0) !== 0 : coefficients[axis]![g] !== 0,
      )
      .map(({ key }) => ({ name, key })),
  );
}
