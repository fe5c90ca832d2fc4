import type { LocalDate } from '../../../common/local-date.js';

/** A day as far as it can be edited. */
export interface EditableDay {
  on: LocalDate;
  startsAt: string;
  endsAt: string;
  venue: string;
  address: string;
  directions: string | null;
  instructors: string | null;
  message: string | null;
  capacity: number;
  bookBy: LocalDate;
}

/** What a participant goes by: a change of one of these is mailed, with the calendar entry brought up to date. */
const TOLD = ['on', 'startsAt', 'endsAt', 'venue', 'address', 'directions', 'message'] as const;

/** The day with its changes; what is left out stays. */
export function mergeDay(
  day: EditableDay,
  changes: { [Field in keyof EditableDay]?: EditableDay[Field] | undefined },
): EditableDay {
  const told = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  const { on, startsAt, endsAt, venue, address, directions, instructors, message, capacity, bookBy } = {
    ...day,
    ...(told as Partial<EditableDay>),
  };
  return { on, startsAt, endsAt, venue, address, directions, instructors, message, capacity, bookBy };
}

/** Whether those who have a seat are to be told. */
export function concernsParticipants(before: EditableDay, after: EditableDay): boolean {
  return TOLD.some((field) => before[field] !== after[field]);
}

/** Why a day cannot be edited or cancelled any more. */
export function dayOverFault(
  day: { on: LocalDate; isCancelled: boolean },
  today: LocalDate,
): 'day_cancelled' | 'day_over' | undefined {
  if (day.isCancelled) return 'day_cancelled';
  return day.on < today ? 'day_over' : undefined;
}
