import type { FieldFault } from '../../../common/domain-error.js';
import type { LocalDate } from '../../../common/local-date.js';
import { firstDayOf, lastDayOf, type Month } from '../month.rules.js';

/** A period in which an agent works for a municipality. */
export interface EmploymentSpan {
  municipalityCode: string;
  startOn: LocalDate;
  endOn: LocalDate | null;
}

/** What was agreed with a municipality. */
export interface AgreementTerms {
  signedOn: LocalDate;
  /** The first day on which figures on single agents are kept. */
  figuresFrom: LocalDate;
}

/** The employments that have a day in common with the month; a period that ended before its first day has none. */
export function employmentsIn<Span extends EmploymentSpan>(month: Month, spans: readonly Span[]): Span[] {
  return spans.filter(
    ({ startOn, endOn }) =>
      startOn <= lastDayOf(month) && (endOn === null || (endOn >= firstDayOf(month) && endOn >= startOn)),
  );
}

/**
 * What stands against keeping a figure: the agent did not work for DDH in the month, an employer has signed no agreement, or the employees
 * had not been told yet when the month began. In a month with two employers both must allow it. Source: figures on single employees are
 * a control measure of which they must be told beforehand (Aftale om kontrolforanstaltninger, KL and Forhandlingsfællesskabet).
 * @param municipalityName for the sentence that says what to do
 */
export function gateFault(
  month: Month,
  spans: readonly EmploymentSpan[],
  agreementOf: (code: string) => AgreementTerms | undefined,
  today: LocalDate,
  municipalityName: (code: string) => string,
): FieldFault | undefined {
  const employers = employmentsIn(month, spans).map(({ municipalityCode }) => municipalityCode);
  if (employers.length === 0) return { field: 'month', code: 'agent_not_employed_in_month' };
  for (const code of employers) {
    const agreement = agreementOf(code);
    const municipality = municipalityName(code);
    if (!agreement || agreement.signedOn > today)
      return { field: 'agent', code: 'figures_no_agreement', args: { municipality } };
    if (firstDayOf(month) < agreement.figuresFrom)
      return {
        field: 'month',
        code: 'figures_too_early',
        args: { municipality, from: agreement.figuresFrom.split('-').toReversed().join('.') },
      };
  }
  return undefined;
}
