import { columnOf } from './column.rules.js';
import type { Regressor } from './least-squares.rules.js';
import type { RatedUnit } from './rate-difference.rules.js';
import { fitRates, type RateFit } from './rate-fit.rules.js';
import { robustEstimate, type RobustEstimate } from './robust.rules.js';

/** What agents may differ by besides what is asked about: a number, or the name of a band. */
export type Traits = Readonly<Record<string, number | string>>;

/** An agent who is only compared with agents of the same stratum, at the same traits. */
export interface ComparedUnit extends RatedUnit {
  /** For instance the municipality. */
  stratum: string;
  /** For instance the tenure; each agent has the same names. */
  traits: Traits;
}

/** A difference at equal traits, and what had to be left out for it. */
export interface AdjustedDifference {
  /** Null when the traits tell already who is exposed, or there are too few agents. */
  difference: RobustEstimate | null;
  /** How alike the calls of one agent are, beyond stratum, traits and exposure; see `rate-fit.rules.ts`. */
  alike: number;
  /** Agents who are alone in their stratum: they have nobody to be compared with. */
  alone: number;
  /** Agents in strata where some are exposed and some are not: the difference rests on them above all. */
  comparable: number;
  /** Traits that stratum and other traits tell already, as `name` or `name=band`. */
  dropped: string[];
}

const EXPOSED = 'exposed';

/**
 * How much higher the rate of exposed agents is than that of others in the same stratum and with the same traits: weighted least
 * squares of the agents' rates with a level for each stratum, the traits, and the exposure last, so that what cannot be told
 * apart from the traits is left out and said. Each rate counts by how sure it is (`rate-fit.rules.ts`). The standard error
 * allows for agents being unequally sure and is made up for few agents (MacKinnon & White 1985, HC2; see `robust.rules.ts`).
 * Agents without calls do not count.
 */
export function adjustedDifference(units: readonly ComparedUnit[]): AdjustedDifference {
  const rated = units.filter(({ trials }) => trials > 0);
  const strata = strataOf(rated);
  const compared = rated.filter(({ stratum }) => strata.get(stratum)!.size > 1);
  const { fit, alike } = compared.length > 0 ? fitOf(compared) : { fit: null, alike: 0 };
  return {
    difference: fit && robustEstimate(fit, EXPOSED),
    alike,
    alone: rated.length - compared.length,
    comparable: comparableIn(strata.values()),
    dropped: fit ? fit.dropped.filter((name) => name !== EXPOSED) : [],
  };
}

function fitOf(units: readonly ComparedUnit[]): RateFit {
  const numbers = new Map<string, number>();
  for (const { stratum } of units) if (!numbers.has(stratum)) numbers.set(stratum, numbers.size);
  const groups = columnOf(units.length, (i) => numbers.get(units[i]!.stratum)!);
  return fitRates(units, groups, [
    ...traitColumns(units.map(({ traits }) => traits)),
    { name: EXPOSED, values: columnOf(units.length, (i) => Number(units[i]!.exposed)) },
  ]);
}

/** A column for each number, and one for each band but the first. */
function traitColumns(traits: readonly Traits[]): Regressor[] {
  return Object.keys(traits[0] ?? {}).flatMap((name) => {
    const values = traits.map((trait) => trait[name]!);
    if (values.every((value) => typeof value === 'number'))
      return [{ name, values: Float64Array.from(values) }];
    const bands = [...new Set(values)].sort((a, b) => String(a).localeCompare(String(b))).slice(1);
    return bands.map((band) => ({
      name: `${name}=${band}`,
      values: columnOf(values.length, (i) => Number(values[i] === band)),
    }));
  });
}

/** How many agents a stratum has, and how many of them are exposed. */
interface Stratum {
  size: number;
  exposed: number;
}

function strataOf(units: readonly ComparedUnit[]): Map<string, Stratum> {
  const strata = new Map<string, Stratum>();
  for (const { stratum, exposed } of units) {
    const known = strata.get(stratum);
    if (!known) strata.set(stratum, { size: 1, exposed: Number(exposed) });
    else {
      known.size += 1;
      known.exposed += Number(exposed);
    }
  }
  return strata;
}

function comparableIn(strata: Iterable<Stratum>): number {
  let comparable = 0;
  for (const { size, exposed } of strata) if (exposed > 0 && exposed < size) comparable += size;
  return comparable;
}
