import { DomainError } from '../../../common/domain-error.js';
import { addDays, daysBetween, type LocalDate } from '../../../common/local-date.js';

/** More days would be reckoned for minutes, for the largest plans there may be. */
const MOST_DAYS = 62;
/** A fortnight, the first day included. */
const DAYS_AHEAD = 13;

/** The period that is asked about, both days included: the coming fortnight when nothing is said. @throws DomainError `period_too_long` */
export function periodOf(
  asked: { from?: LocalDate | undefined; to?: LocalDate | undefined },
  today: LocalDate,
): { from: LocalDate; to: LocalDate } {
  const from = asked.from ?? today;
  const to = asked.to ?? addDays(from, DAYS_AHEAD);
  if (daysBetween(from, to) < MOST_DAYS) return { from, to };
  const args = { days: MOST_DAYS };
  throw new DomainError('period_too_long', 'rule', {
    args,
    faults: [{ field: 'to', code: 'period_too_long', args }],
  });
}
