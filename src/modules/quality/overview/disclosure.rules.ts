/** Totals of fewer agents than these would tell of single ones. */
export const FEWEST_AGENTS = 5;

/** What is known of a municipality in a month. */
export interface MunicipalityAgents {
  municipalityCode: string;
  agents: number;
}

/** Which totals of a month may be shown. */
export interface ShownTotals {
  /** Of these municipalities. */
  codes: Set<string>;
  /** Whether the total of everybody may be shown. */
  isTotalShown: boolean;
}

/**
 * Which totals of one month may be shown: all to the secretariat, the own to a leader, and others only where at least five agents
 * stand behind them. Whoever takes what is shown from the total of everybody gets the calls of the rest: of municipalities that are
 * left out, and of agents who worked for two of them in the month. Fewer than five of those must not be told either, so the smallest
 * of the others is left out with them, and where that does not help the total itself.
 * @param everybody how many agents answered a call
 * @param own the viewer's municipalities; null for whoever sees all
 */
export function shownTotals(
  municipalities: readonly MunicipalityAgents[],
  everybody: number,
  own: readonly string[] | null,
): ShownTotals {
  const all = municipalities.map(({ municipalityCode }) => municipalityCode);
  if (own === null) return { codes: new Set(all), isTotalShown: true };
  const others = municipalities.filter(({ municipalityCode }) => !own.includes(municipalityCode));
  const shown = others
    .filter(({ agents }) => agents >= FEWEST_AGENTS)
    .sort((a, b) => a.agents - b.agents || (a.municipalityCode < b.municipalityCode ? -1 : 1));
  const owned = municipalities.filter(({ municipalityCode }) => own.includes(municipalityCode));
  let rest = everybody - agentsOf(owned) - agentsOf(shown);
  while (isTooFew(rest) && shown.length > 0) rest += shown.shift()!.agents;
  return {
    codes: new Set([...owned, ...shown].map(({ municipalityCode }) => municipalityCode)),
    isTotalShown: !isTooFew(rest),
  };
}

function isTooFew(agents: number): boolean {
  return agents > 0 && agents < FEWEST_AGENTS;
}

function agentsOf(municipalities: readonly MunicipalityAgents[]): number {
  return municipalities.reduce((sum, { agents }) => sum + agents, 0);
}
