import { applies, everApplies, isFor, type Audience, type AudienceMember } from '../guides/index.js';

/** A version as far as requirements need it. */
export interface RequiredVersion {
  id: number;
  guideId: number;
  /** The e-learning to complete in place of reading. */
  courseId: number | null;
  audience: Audience;
  /** A receipt of this number or a higher one answers. */
  answeredFrom: number;
  countsFrom: Date;
  appliesUntil: Date | null;
}

/** A receipt of an agent, or the completion of the e-learning that a version asks for. */
export interface Receipt {
  guideId: number;
  number: number;
  readAt: Date;
}

/** An agent as far as requirements need it. */
export interface Reader {
  /** Null for somebody who is not employed. */
  member: AudienceMember | null;
  receipts: readonly Receipt[];
  /** Starts of the agent's shifts, earliest first. */
  shifts: readonly Date[];
}

/** A version the agent is to have read. */
export interface Requirement {
  versionId: number;
  /** Start of the first shift that asks for it; null while none is planned. */
  dueAt: Date | null;
  /** When the first receipt was given that answers for it. */
  readAt: Date | null;
}

/**
 * What an agent is to have read: every version that is meant for the agent and that some shift may ask for, due at the agent's
 * first shift within the version's window.
 */
export function requirementsOf(reader: Reader, versions: readonly RequiredVersion[]): Requirement[] {
  const { member } = reader;
  if (!member) return [];
  return versions
    .filter((version) => everApplies(version) && isFor(version.audience, member))
    .map((version) => ({
      versionId: version.id,
      dueAt: reader.shifts.find((startsAt) => applies(version, startsAt)) ?? null,
      readAt: readAt(version, reader.receipts),
    }));
}

/** When a version was first answered for; null while it is not. */
export function readAt(
  { guideId, answeredFrom }: Pick<RequiredVersion, 'guideId' | 'answeredFrom'>,
  receipts: readonly Receipt[],
): Date | null {
  let first: Date | null = null;
  for (const receipt of receipts)
    if (receipt.guideId === guideId && receipt.number >= answeredFrom && (!first || receipt.readAt < first))
      first = receipt.readAt;
  return first;
}
