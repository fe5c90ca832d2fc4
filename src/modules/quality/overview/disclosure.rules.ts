/** Totals of fewer agents than these would tell of single ones. */
export const FEWEST_AGENTS = 5;

/** What is known of a municipality in a month. */
export interface MunicipalityAgents {
  municipalityCode: string;
  agents: number;
}

/**
 * Which municipalities' totals of one month may be shown: all to the secretariat, the own to a leader, and others only where at
 * least five agents stand behind them. A single one that is left out could be reckoned from the total of all, so the smallest of
 * the others is left out with it.
 * @param own the viewer's municipalities; null for whoever sees all
 */
export function shownMunicipalities(
  municipalities: readonly MunicipalityAgents[],
  own: readonly string[] | null,
): Set<string> {
  const all = municipalities.map(({ municipalityCode }) => municipalityCode);
  if (own === null) return new Set(all);
  const others = municipalities.filter(({ municipalityCode }) => !own.includes(municipalityCode));
  const large = others
    .filter(({ agents }) => agents >= FEWEST_AGENTS)
    .sort((a, b) => a.agents - b.agents || (a.municipalityCode < b.municipalityCode ? -1 : 1));
  const isOneLeftOut = others.length - large.length === 1;
  const shown = isOneLeftOut ? large.slice(1) : large;
  return new Set([
    ...all.filter((code) => own.includes(code)),
    ...shown.map(({ municipalityCode }) => municipalityCode),
  ]);
}
