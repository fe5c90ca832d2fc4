import { DomainError, type FieldFault } from '../../../common/domain-error.js';
import type { LocalDate } from '../../../common/local-date.js';
import {
  formValues,
  formWithErrors,
  parseForm,
  type FormModel,
  type FormValues,
} from '../../../web/forms/form.js';
import { renamed } from '../../../web/forms/renamed.js';
import { translator } from '../../../web/i18n/translate.js';
import { faultMessage } from '../../../web/problems/fault-message.js';
import { dayFieldOf, dayForm, dayOf, valuesAfter } from './day-form.js';
import type { OnboardingDayRow } from '../onboarding-days.queries.js';
import type { NewDay } from '../onboarding-days.schemas.js';
import type { ProposedDay } from './planning.rules.js';

const OF_ROW = ['on', 'fromTime', 'toTime', 'capacity', 'bookBy'] as const;
const ROW_FIELD = /^r(\d)-(\w+)$/;

/** How many days are planned together: four a year (rule 3). */
export const YEAR_ROWS = [0, 1, 2, 3] as const;

/** The days of a posted form that are to be planned. */
export interface YearOfDays {
  days: Required<NewDay>[];
  /** The row of the form from which each of them comes. */
  rows: number[];
}

/** The form filled in with the proposal. */
export function yearValues(
  latest: OnboardingDayRow | undefined,
  proposal: readonly ProposedDay[],
  zone: string,
): FormValues {
  const values: FormValues = {};
  for (const row of YEAR_ROWS) {
    const day = valuesAfter(latest, proposal[row]!, zone);
    for (const field of OF_ROW) values[`r${row}-${field}`] = day[field]!;
    values[`r${row}-plan`] = 'ja';
    for (const field of ['venue', 'address', 'directions', 'instructors', 'message'])
      values[field] = day[field] ?? '';
  }
  return values;
}

/** The days of a posted form; the rows that are not ticked are left out. @throws DomainError `invalid_input` */
export function readYear(body: unknown, zone: string, today: LocalDate): YearOfDays {
  const values = formValues(body);
  const rows = YEAR_ROWS.filter((row) => values[`r${row}-plan`] === 'ja');
  const faults: FieldFault[] = [];
  if (rows.length === 0) faults.push({ field: 'r0-plan', code: 'no_day_chosen' });
  const shared = collected(
    faults,
    (field) => field,
    () => parseForm(dayForm.omit(ROW_MASK), sharedOf(values)),
  );
  const days = rows.map((row) =>
    collected(
      faults,
      (field) => `r${row}-${field}`,
      () => {
        const typed = parseForm(dayForm.pick(ROW_MASK), rowOf(values, row));
        if (typed.on < today) faults.push({ field: `r${row}-on`, code: 'in_the_past' });
        return typed;
      },
    ),
  );
  if (faults.length > 0) throw new DomainError('invalid_input', 'malformed', { faults });
  return { rows, days: days.map((day) => dayOf({ ...shared!, ...day! }, zone)) };
}

/** A refusal of the days with its faults at the rows of the form. */
export function atRows(error: unknown, rows: readonly number[]): unknown {
  if (!(error instanceof DomainError)) return error;
  return renamed(error, (field) => {
    const [index, name = ''] = field.split('.');
    return `r${rows[Number(index)]}-${dayFieldOf(name)}`;
  });
}

/** The form again; in the summary each fault says which day it is about. */
export function yearWithErrors(body: unknown, error: unknown, language: string): FormModel {
  const form = formWithErrors(body, error, language);
  const t = translator(language);
  const faults = (error as DomainError).options.faults ?? [];
  for (const line of form.summary) {
    const [, row, name] = ROW_FIELD.exec(line.field) ?? [];
    const fault = faults.find(({ field }) => field === line.field);
    if (!fault || row === undefined || name === undefined || name === 'plan') continue;
    const message = faultMessage({ ...fault, field: name }, t);
    form.errors[line.field] = message;
    line.message = `${t('onboardingDays.dayNumber', { number: Number(row) + 1 })}: ${message}`;
  }
  return form;
}

const ROW_MASK = { on: true, fromTime: true, toTime: true, capacity: true, bookBy: true } as const;

function sharedOf(values: FormValues): FormValues {
  return Object.fromEntries(Object.entries(values).filter(([field]) => !ROW_FIELD.test(field)));
}

function rowOf(values: FormValues, row: number): FormValues {
  return Object.fromEntries(OF_ROW.map((field) => [field, values[`r${row}-${field}`] ?? '']));
}

/** What the work gives; its faults go to those of the whole form. */
function collected<T>(
  faults: FieldFault[],
  fieldOf: (field: string) => string,
  work: () => T,
): T | undefined {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    faults.push(...(renamed(error, fieldOf).options.faults ?? []));
    return undefined;
  }
}
