import { z } from 'zod';
import { DomainError } from '../../../common/domain-error.js';
import { localDateOf, type LocalDate } from '../../../common/local-date.js';
import { parseForm, type FormValues } from '../../../web/forms/form.js';
import { renamed } from '../../../web/forms/renamed.js';
import type { OnboardingDayRow } from '../onboarding-days.queries.js';
import { newDay, type NewDay } from '../onboarding-days.schemas.js';
import { hoursOf } from './planning.rules.js';

/** Hours as a browser sends them, or as they are typed where it has no field for them: `9.00`, `09:00`. */
const hours = z
  .string()
  .trim()
  .refine((text) => /^([01]?\d|2[0-3])[:.][0-5]\d$/.test(text), { params: { code: 'invalid_time' } })
  .transform((text) => text.replace('.', ':').padStart(5, '0'));

/** A day as its form has it: the hours apart from the date. */
export const dayForm = newDay.omit({ startsAt: true, endsAt: true }).extend({
  fromTime: hours,
  toTime: hours,
  capacity: z.coerce.number().int().min(1).max(1000),
  version: z.coerce.number().int().min(1).optional(),
});

const FIELD_OF: Record<string, string> = { startsAt: 'fromTime', endsAt: 'toTime' };

/** The field of the form that a fault of the day is about. */
export const dayFieldOf = (field: string): string => FIELD_OF[field] ?? field;

/** The day of what a form says. */
export function dayOf(
  { fromTime, toTime, version: _, ...typed }: z.output<typeof dayForm>,
  zone: string,
): Required<NewDay> {
  return {
    ...typed,
    ...hoursOf(typed.on, fromTime, toTime, zone),
    directions: typed.directions ?? null,
    instructors: typed.instructors ?? null,
    message: typed.message ?? null,
  };
}

/** The day of a posted form and the version it was made from, if any. @throws DomainError `invalid_input` */
export function readDay(body: unknown, zone: string): { day: Required<NewDay>; version: number } {
  const typed = parseForm(dayForm, body);
  return { day: dayOf(typed, zone), version: typed.version ?? 0 };
}

/** Does it, with the faults of the day named by the fields of its form. */
export async function inFormFields<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof DomainError ? renamed(error, dayFieldOf) : error;
  }
}

/** A planned day as its form shows it. */
export function dayValues(day: OnboardingDayRow, zone: string): FormValues {
  return {
    on: day.on,
    fromTime: clockTime(day.startsAt, zone),
    toTime: clockTime(day.endsAt, zone),
    bookBy: day.bookBy,
    version: String(day.version),
    ...sharedValues(day),
  };
}

/** What a new day takes over from the latest one; a usual day where there is none. */
export function valuesAfter(
  latest: OnboardingDayRow | undefined,
  { on, bookBy }: { on: LocalDate; bookBy: LocalDate },
  zone: string,
): FormValues {
  if (!latest) return { on, bookBy, fromTime: '09:00', toTime: '15:30', capacity: '24' };
  const { version: _, ...values } = dayValues(latest, zone);
  return { ...values, on, bookBy };
}

/** Refuses a day that is planned for yesterday: a slip in the year. @throws DomainError `invalid_day` */
export function refusePast(day: NewDay, now: Date, zone: string): void {
  if (day.on < localDateOf(now, zone))
    throw new DomainError('invalid_day', 'rule', { faults: [{ field: 'on', code: 'in_the_past' }] });
}

function sharedValues(day: OnboardingDayRow): FormValues {
  return {
    venue: day.venue,
    address: day.address,
    directions: day.directions ?? '',
    instructors: day.instructors ?? '',
    message: day.message ?? '',
    capacity: String(day.capacity),
  };
}

function clockTime(instant: string, zone: string): string {
  const options = { timeZone: zone, hour: '2-digit', minute: '2-digit' } as const;
  return new Intl.DateTimeFormat('en-GB', options).format(new Date(instant));
}
