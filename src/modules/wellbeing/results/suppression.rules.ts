import { isolatedFew, type Axis, type Leak } from './isolation.rules.js';

/** One way in which the respondents are divided, with how many answered in each group. */
export interface Partition {
  name: string;
  groups: readonly { key: string; answers: number }[];
}

/** A kind of person there may be among the respondents: its group by the name of the partition. */
export type Cell = Readonly<Record<string, string>>;

/** The groups that may be shown, by the name of the partition. */
export type Shown = Map<string, Set<string>>;

/** Fewest answers a wave may be set to show figures for: it can be raised, never lowered. */
export const FEWEST_ANSWERS = 5;

/** Free texts tell more than a number does: they are shown from this many times as many answers on. */
const TEXT_FACTOR = 4;

/**
 * Which groups may be shown so that nobody can be told anything of fewer than `fewest` respondents, neither directly nor by subtraction
 * (complementary cell suppression; see Hundepool et al., Statistical Disclosure Control, 2012, ch. 4). First the groups that are too
 * small are hidden, then as many more as it takes that what is hidden of a partition is large enough, and that no sum or difference over
 * all partitions singles out a few. Nothing is shown of a wave that fewer than `fewest` answered.
 */
export function shownGroups(
  answers: number,
  partitions: readonly Partition[],
  cells: readonly Cell[],
  fewest: number,
): Shown {
  const shown: Shown = new Map(partitions.map(({ name }) => [name, new Set<string>()]));
  if (answers < fewest) return shown;
  for (const { name, groups } of partitions)
    for (const { key, answers: n } of groups) if (n >= fewest) shown.get(name)!.add(key);
  for (;;) {
    for (const partition of partitions) hideEnough(answers, partition, shown.get(partition.name)!, fewest);
    const axes = partitions.map((partition) => axisOf(answers, partition, shown.get(partition.name)!));
    const leak = isolatedFew(axes, placesOf(axes, cells), fewest);
    if (!leak) return shown;
    hideOneOf(leak, partitions, shown);
  }
}

/** From how many answers on free texts are shown. */
export function fewestForTexts(fewest: number): number {
  return TEXT_FACTOR * fewest;
}

/** What is hidden of a partition follows from the total, so it is nobody or enough. */
function hideEnough(answers: number, { groups }: Partition, shown: Set<string>, fewest: number): void {
  const visible = groups.filter(({ key }) => shown.has(key)).sort(bySize);
  let hidden = answers - visible.reduce((sum, { answers: n }) => sum + n, 0);
  while (hidden > 0 && hidden < fewest && visible.length > 0) {
    const smallest = visible.shift()!;
    shown.delete(smallest.key);
    hidden += smallest.answers;
  }
}

function axisOf(answers: number, { name, groups }: Partition, shown: Set<string>): Axis {
  const visible = groups.filter(({ key }) => shown.has(key));
  const rest = answers - visible.reduce((sum, { answers: n }) => sum + n, 0);
  return { name, groups: [{ key: null, answers: rest }, ...visible] };
}

/** The cells as places on the axes, each once; whoever is in no shown group is in the rest. */
function placesOf(axes: readonly Axis[], cells: readonly Cell[]): number[][] {
  const placed = cells.map((cell) =>
    axes.map(({ name, groups }) =>
      Math.max(
        0,
        groups.findIndex(({ key }) => key !== null && key === cell[name]),
      ),
    ),
  );
  return [...new Map(placed.map((places) => [places.join(), places])).values()];
}

/** Hides the smallest of the groups that were used, or, when only what is hidden already was used, another one beside it. */
function hideOneOf(leak: Leak, partitions: readonly Partition[], shown: Shown): void {
  const used = new Set(leak.map(({ name, key }) => `${name} ${key ?? ''}`));
  const visible = partitions.flatMap(({ name, groups }) =>
    groups.filter(({ key }) => shown.get(name)!.has(key)).map((group) => ({ ...group, name })),
  );
  const inLeak = visible.filter(({ name, key }) => used.has(`${name} ${key}`));
  const beside = visible.filter(({ name }) => leak.some((one) => one.name === name));
  const [smallest] = (inLeak.length > 0 ? inLeak : beside).sort(bySize);
  if (!smallest) throw new Error('Nothing is shown, and yet something can be told.');
  shown.get(smallest.name)!.delete(smallest.key);
}

function bySize(a: { key: string; answers: number }, b: { key: string; answers: number }): number {
  return a.answers - b.answers || (a.key < b.key ? -1 : 1);
}
