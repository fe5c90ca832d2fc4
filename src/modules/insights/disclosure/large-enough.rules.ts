import { FEWEST_PEOPLE } from '../insight.js';

/**
 * The groups that may be shown beside the total of all: those of at least five people, and of these the smallest are left out as well
 * until those that are left out are nobody or at least five together, since the total tells what is left.
 */
export function largeEnough<G extends { people: number }>(groups: readonly G[]): G[] {
  const shown = new Set(groups.filter(({ people }) => people >= FEWEST_PEOPLE));
  const bySize = [...shown].sort((a, b) => a.people - b.people);
  const hidden = () =>
    groups.filter((group) => !shown.has(group)).reduce((sum, { people }) => sum + people, 0);
  while (hidden() > 0 && hidden() < FEWEST_PEOPLE && bySize.length > 0) shown.delete(bySize.shift()!);
  return groups.filter((group) => shown.has(group));
}

/** Neighbouring groups joined until each has at least five people; what is too few at the end joins the last. */
export function joinedUntilLarge<G extends { people: number }>(
  groups: readonly G[],
  join: (one: G, next: G) => G,
): G[] {
  const joined: G[] = [];
  for (const group of groups) {
    const last = joined.at(-1);
    if (last && last.people < FEWEST_PEOPLE) joined[joined.length - 1] = join(last, group);
    else joined.push(group);
  }
  const last = joined.at(-1);
  if (last && last.people < FEWEST_PEOPLE && joined.length > 1)
    joined.splice(-2, 2, join(joined.at(-2)!, last));
  return joined.filter(({ people }) => people >= FEWEST_PEOPLE);
}
