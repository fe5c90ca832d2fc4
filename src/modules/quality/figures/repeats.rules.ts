import type { FieldFault } from '../../../common/domain-error.js';
import type { FigureKey } from './known-figures.js';
import type { ToldCounts } from './figure-change.rules.js';

/** A figure and where it stands. */
export type PlacedFigure = FigureKey & ToldCounts & { rowNumber: number };

/**
 * What is wrong with figures of an agent who stands twice for a month. Where the rows differ nobody knows which one is right, so none of
 * them is taken; where they say the same, the first one is.
 * @param figures undefined for rows that are out of the question anyway
 */
export function repeatFaults(figures: readonly (PlacedFigure | undefined)[]): (FieldFault | undefined)[] {
  const byKey = new Map<string, PlacedFigure[]>();
  for (const figure of figures) {
    if (!figure) continue;
    const key = `${figure.agentId} ${figure.month}`;
    byKey.set(key, [...(byKey.get(key) ?? []), figure]);
  }
  return figures.map((figure) => {
    const all = figure && byKey.get(`${figure.agentId} ${figure.month}`)!;
    if (!all || all.length === 1) return undefined;
    const [first] = all;
    const areSame = all.every((other) => saysOf(other) === saysOf(first!));
    if (areSame && figure === first) return undefined;
    const other = figure === first ? all[1]! : first!;
    return { field: 'agent', code: 'figures_twice_in_file', args: { row: other.rowNumber } };
  });
}

function saysOf({ answered, resolved, warmTransferred, handlingSeconds }: PlacedFigure): string {
  return JSON.stringify([answered, resolved, warmTransferred ?? null, handlingSeconds ?? null]);
}
