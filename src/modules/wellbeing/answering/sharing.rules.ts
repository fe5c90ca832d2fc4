/** Fewest people who must share what is kept beside an answer. */
export const FEWEST_SHARING = 5;

/**
 * Which groups are kept: each is shared by at least `fewest`, and so are those that are left together, if there are any, since they can be
 * told by what they are not.
 * @param sizes how many belong to each group
 */
export function sharedGroups(sizes: ReadonlyMap<string, number>, fewest: number): Set<string> {
  const bySize = [...sizes].sort(([a, m], [b, n]) => m - n || (a < b ? -1 : 1));
  const kept = bySize.filter(([, size]) => size >= fewest);
  let left = bySize.filter(([, size]) => size < fewest).reduce((sum, [, size]) => sum + size, 0);
  while (left > 0 && left < fewest && kept.length > 0) left += kept.shift()![1];
  return new Set(kept.map(([key]) => key));
}

/** How many of a list belong to each group. */
export function sizesBy<T>(list: readonly T[], keyOf: (one: T) => string): Map<string, number> {
  const sizes = new Map<string, number>();
  for (const one of list) sizes.set(keyOf(one), (sizes.get(keyOf(one)) ?? 0) + 1);
  return sizes;
}
