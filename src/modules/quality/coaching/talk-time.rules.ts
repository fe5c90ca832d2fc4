import { DomainError } from '../../../common/domain-error.js';

/** Refuses a time for a talk that has gone by. @throws DomainError `invalid_talk` at the field */
export function refusePast(field: string, startsAt: Date | null, now: Date): void {
  if (startsAt && startsAt <= now)
    throw new DomainError('invalid_talk', 'rule', { faults: [{ field, code: 'talk_in_the_past' }] });
}

/** A time that is still to come; one that was offered and has gone by since is none. */
export function stillAhead(startsAt: Date | null, now: Date): Date | null {
  return startsAt && startsAt > now ? startsAt : null;
}

/** The times an agent proposes, earliest first and each once. @throws DomainError `invalid_talk` for one that has gone by */
export function proposedTimes(times: readonly Date[], now: Date): Date[] {
  times.forEach((time, n) => refusePast(`times.${n}`, time, now));
  const distinct = [...new Set(times.map((time) => time.getTime()))];
  return distinct.sort((a, b) => a - b).map((time) => new Date(time));
}
