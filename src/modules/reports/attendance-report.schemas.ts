import { z } from 'zod';
import { id, localDate, municipalityCode } from '../../common/fields.js';
import { pageQuery } from '../../common/pagination.js';
import { ATTENDANCE_STATES } from './attendance-report.queries.js';
import { emptyIsNone, EXPORT_FORMATS } from './completion-report.schemas.js';

const filters = {
  municipality: municipalityCode,
  leaderId: id,
  dayId: id,
  status: z.enum(ATTENDANCE_STATES),
  from: localDate,
  to: localDate,
};

/** The filters of the API. */
export const attendanceQuery = z.strictObject({
  municipality: filters.municipality.optional(),
  leaderId: filters.leaderId.optional(),
  dayId: filters.dayId.optional(),
  status: filters.status.optional(),
  from: filters.from.optional(),
  to: filters.to.optional(),
  format: z.enum(EXPORT_FORMATS).optional(),
  ...pageQuery,
});

/** The report as JSON. */
export const attendanceReport = z.object({
  items: z.array(
    z.object({
      dayId: z.number(),
      on: z.string(),
      venue: z.string(),
      agentId: z.number(),
      firstName: z.string(),
      lastName: z.string(),
      municipalityCode: z
        .string()
        .nullable()
        .meta({ description: 'of the employment that covers the day; null when none does' }),
      municipality: z.string().nullable(),
      leader: z.string().nullable(),
      booking: z.enum(['booked', 'walk_in']),
      status: z.enum(ATTENDANCE_STATES),
      mustAttendAgain: z.boolean().nullable(),
      reason: z.string().nullable(),
      source: z.string().nullable(),
      markedAt: z.string().nullable(),
      markedBy: z.string().nullable(),
    }),
  ),
  nextCursor: z.string().nullable(),
  totals: z.object({
    total: z.number(),
    booked: z.number(),
    walkIns: z.number(),
    attended: z.number(),
    partial: z.number(),
    noShow: z.number(),
    excused: z.number(),
    notMarked: z.number(),
    expected: z.number(),
  }),
});

/** The filters of the page; an empty field of its form means no filter, and a wrong one is passed over. */
export const attendancePageQuery = z.object({
  municipality: emptyIsNone(filters.municipality),
  leaderId: emptyIsNone(filters.leaderId),
  dayId: emptyIsNone(filters.dayId),
  status: emptyIsNone(filters.status),
  from: emptyIsNone(filters.from),
  to: emptyIsNone(filters.to),
  cursor: z.string().max(500).optional(),
});
