import type { PackageManifest } from '../packages/index.js';

/**
 * The units that count, by their place in the manifest: those that talk to the player and are offered to the learner; where none is
 * offered, the first that talks.
 */
export function countedUnits({ scos }: Pick<PackageManifest, 'scos'>): number[] {
  const talking = scos.flatMap((sco, index) => (sco.kind === 'sco' ? [index] : []));
  const offered = talking.filter((index) => scos[index]!.isVisible);
  return offered.length > 0 ? offered : talking.slice(0, 1);
}

/** The unit a learner begins or goes on with: the first that is not completed, else the first. */
export function firstUnit(counted: readonly number[], isCompleted: (index: number) => boolean): number {
  return counted.find((index) => !isCompleted(index)) ?? counted[0] ?? 0;
}
