/** Somebody who may be a coach. */
export interface CoachCandidate {
  personId: number;
  /** The municipality the person belongs to. */
  municipalityCode: string;
  /** Others in which the person has a role or is employed. */
  otherCodes: readonly string[];
  isAbsent: boolean;
  /** Talks under way or held within a year. */
  load: number;
  /** When the last talk was given to the person; null for never. */
  lastAskedAt: Date | null;
}

/** The agent who is to have a coach. */
export interface CoachedAgent {
  personId: number;
  municipalityCode: string;
  leaderId: number | null;
}

/** Why somebody may not be the coach of an agent. */
export type CoachFault = 'coach_same_municipality' | 'coach_is_leader' | 'coach_is_agent';

/**
 * Why somebody may not be the coach of an agent: never somebody of the own municipality (product rule 5), in whatever part, nor
 * the own leader, who may have gone elsewhere; undefined when nothing speaks against it.
 */
export function coachFault(
  candidate: Pick<CoachCandidate, 'personId' | 'municipalityCode' | 'otherCodes'>,
  agent: CoachedAgent,
): CoachFault | undefined {
  if ([candidate.municipalityCode, ...candidate.otherCodes].includes(agent.municipalityCode))
    return 'coach_same_municipality';
  if (candidate.personId === agent.personId) return 'coach_is_agent';
  return candidate.personId === agent.leaderId ? 'coach_is_leader' : undefined;
}

/**
 * Who is proposed: of those from elsewhere who are there, the one with the fewest talks, then the one whose last lies longest
 * back; undefined when there is nobody.
 */
export function proposedCoach<C extends CoachCandidate>(
  candidates: readonly C[],
  agent: CoachedAgent,
): C | undefined {
  const [first] = candidates
    .filter((one) => !coachFault(one, agent) && !one.isAbsent)
    .sort((a, b) => a.load - b.load || time(a.lastAskedAt) - time(b.lastAskedAt) || a.personId - b.personId);
  return first;
}

function time(instant: Date | null): number {
  return instant?.getTime() ?? 0;
}
