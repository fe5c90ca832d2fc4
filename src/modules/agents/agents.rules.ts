/** What is known of the open employment of a person who is to be registered. */
export interface OpenEmployment {
  agentId: number;
  municipalityCode: string;
}

/** Why a registration is refused. */
export type RegistrationConflict =
  { code: 'agent_already_registered'; agentId: number } | { code: 'agent_known_elsewhere' };

/**
 * The refusal for somebody who works for DDH already. Within the municipality the agent is named; a foreign one learns
 * only that there is such an agent, never where.
 */
export function conflictWith(open: OpenEmployment, municipalityCode: string): RegistrationConflict {
  return open.municipalityCode === municipalityCode
    ? { code: 'agent_already_registered', agentId: open.agentId }
    : { code: 'agent_known_elsewhere' };
}

/**
 * Who becomes the agent's leader: the one named, else the municipality's first leader, else the one who registers, else
 * whoever leads there; null when nobody does.
 */
export function leaderFor(choice: {
  named: number | undefined;
  registering: number;
  first: number | null;
  leadersOfMunicipality: readonly number[];
}): { leaderId: number | null } | { fault: 'unknown_leader' } {
  const { named, registering, first, leadersOfMunicipality } = choice;
  if (named !== undefined)
    return leadersOfMunicipality.includes(named) ? { leaderId: named } : { fault: 'unknown_leader' };
  const preferred = [first, registering].find((id) => id !== null && leadersOfMunicipality.includes(id));
  return { leaderId: preferred ?? leadersOfMunicipality[0] ?? null };
}
