/** Somebody who may be a coach. */
export interface CoachCandidate {
  personId: number;
  /** The municipality the person belongs to. */
  municipalityCode: string;
  isAbsent: boolean;
  /** Talks under way or held within a year. */
  load: number;
  /** When the last talk was given to the person; null for never. */
  lastAskedAt: Date | null;
}

/** Whether somebody may be the coach of an agent: never of the own municipality (product rule 5). */
export function mayCoach(
  candidate: Pick<CoachCandidate, 'municipalityCode'>,
  agentMunicipalityCode: string,
): boolean {
  return candidate.municipalityCode !== agentMunicipalityCode;
}

/**
 * Who is proposed: of those from elsewhere who are there, the one with the fewest talks, then the one whose last lies longest
 * back; undefined when there is nobody.
 */
export function proposedCoach<C extends CoachCandidate>(
  candidates: readonly C[],
  agentMunicipalityCode: string,
): C | undefined {
  const [first] = candidates
    .filter((one) => mayCoach(one, agentMunicipalityCode) && !one.isAbsent)
    .sort((a, b) => a.load - b.load || time(a.lastAskedAt) - time(b.lastAskedAt) || a.personId - b.personId);
  return first;
}

function time(instant: Date | null): number {
  return instant?.getTime() ?? 0;
}
