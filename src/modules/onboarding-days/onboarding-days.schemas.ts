import { z } from 'zod';
import { line, localDate } from '../../common/fields.js';
import { pageQuery } from '../../common/pagination.js';
import { ATTENDANCE_REASONS, ATTENDANCE_STATUSES } from './attendance/attendance.rules.js';

const instant = z.iso.datetime().transform((text) => new Date(text).toISOString());
/** Several lines of text; line ends as browsers send them. */
const paragraphs = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .refine((text) => /^[^\p{Cs}\p{Cc}]*$/u.test(text.replace(/[\r\n\t]/g, '')), {
      params: { code: 'invalid_characters' },
    })
    .transform((text) => text.replace(/\r\n?/g, '\n') || null)
    .nullable();

/** What plans a day. */
export const newDay = z
  .strictObject({
    on: localDate,
    startsAt: instant,
    endsAt: instant,
    venue: line(150),
    address: line(200),
    directions: paragraphs(2000).optional(),
    instructors: line(300).nullable().optional(),
    message: paragraphs(4000).optional(),
    capacity: z.number().int().min(1).max(1000),
    bookBy: localDate,
  })
  .meta({ id: 'NewOnboardingDay' });

/** What plans a day. */
export type NewDay = z.output<typeof newDay>;

/** What changes one; what is left out stays. */
export const dayChanges = newDay
  .partial()
  .extend({ version: z.number().int().min(1) })
  .meta({ id: 'OnboardingDayChanges' });

/** What changes a day. */
export type DayChanges = z.output<typeof dayChanges>;

/** A day as the API shows it. */
export const dayView = z.object({
  id: z.number(),
  on: z.string(),
  startsAt: z.string(),
  endsAt: z.string(),
  venue: z.string(),
  address: z.string(),
  directions: z.string().nullable(),
  instructors: z.string().nullable(),
  message: z.string().nullable(),
  capacity: z.number(),
  seatsTaken: z.number(),
  bookBy: z.string(),
  isCancelled: z.boolean(),
  version: z.number(),
});

/** Which days a list holds. */
export const dayQuery = z.strictObject({
  from: localDate.optional(),
  to: localDate.optional(),
  ...pageQuery,
});

/** Who is to be booked. */
export const newBooking = z.strictObject({ agentId: z.number().int().min(1).max(2_147_483_647) });

/** A booking as its maker sees it. */
export const bookingView = z.object({
  id: z.number(),
  agentId: z.number(),
  dayId: z.number(),
  status: z.enum(['booked', 'waitlisted']),
});

/** A booking in a list. */
export const bookingListed = bookingView.extend({
  firstName: z.string(),
  lastName: z.string(),
  municipalityCode: z.string(),
  municipalityName: z.string(),
  leaderId: z.number().nullable(),
  kind: z.enum(['new', 'existing']),
  createdAt: z.string(),
});

/** Which bookings of a day a list holds. */
export const bookingQuery = z.strictObject({
  status: z.enum(['booked', 'waitlisted']).optional(),
  ...pageQuery,
});

/** One mark of a roll call. */
export const newMark = z.strictObject({
  agentId: z.number().int().min(1).max(2_147_483_647),
  status: z.enum(ATTENDANCE_STATUSES),
  /** For `partial` and `excused`: whether the agent has to take part in another day. */
  mustAttendAgain: z.boolean().optional(),
  reason: z.enum(ATTENDANCE_REASONS).nullable().optional(),
  note: line(200).nullable().optional(),
  /** When it was marked, if that was earlier than now. */
  markedAt: instant.optional(),
});

/** One mark of a roll call. */
export type NewMark = z.output<typeof newMark>;

/** The marks of a roll call, at most as many as a list shows at once. */
export const newMarks = z.array(newMark).min(1).max(200);

/** A mark as it stands. */
export const attendanceView = z.object({
  agentId: z.number(),
  status: z.enum(ATTENDANCE_STATUSES),
  mustAttendAgain: z.boolean(),
  reason: z.enum(ATTENDANCE_REASONS).nullable(),
  note: z.string().nullable(),
  source: z.enum(['roll_call', 'self', 'import', 'api']),
  markedAt: z.string(),
  recordedByPersonId: z.number().nullable(),
});

/** Whoever is on the list of a day, with the mark, if any. */
export const attendanceListed = z.object({
  agentId: z.number(),
  bookingId: z.number().nullable(),
  firstName: z.string(),
  lastName: z.string(),
  municipalityName: z.string(),
  attendance: attendanceView.nullable(),
});
