import { z } from 'zod';
import { localDate } from '../../../common/fields.js';

const count = z.number().int();
const noShows = {
  noShow: count,
  expected: count.meta({ description: 'with a seat, and marked as attended, partial or no_show' }),
  isFew: z.boolean().meta({ description: 'fewer than five: a share would tell nothing' }),
};

/** The days that are asked about. */
export const statisticsQuery = z.strictObject({ from: localDate.optional(), to: localDate.optional() });

/** The same from the form of the page; an empty or wrong field is passed over. */
export const statisticsPageQuery = z.object({
  from: localDate.optional().catch(undefined),
  to: localDate.optional().catch(undefined),
});

/** How onboarding days are used, as the API shows it. */
export const statisticsView = z.object({
  from: z.string(),
  to: z.string(),
  days: z.array(
    z.object({
      id: z.number(),
      on: z.string(),
      venue: z.string(),
      isCancelled: z.boolean(),
      capacity: count,
      booked: count,
      attended: count,
      partial: count,
      noShow: count,
      excused: count,
      walkIns: count.meta({
        description: 'took part without a seat; counted in attended and partial as well',
      }),
    }),
  ),
  noShows: z.object({
    all: z.object(noShows),
    municipalities: z.array(
      z.object({ municipalityCode: z.string().nullable(), municipality: z.string().nullable(), ...noShows }),
    ),
  }),
  missing: z
    .array(
      z.object({
        municipalityCode: z.string(),
        municipality: z.string(),
        newAgents: count,
        newWithSeat: count,
        newLongAgo: count.meta({ description: 'new agents registered more than 91 days ago' }),
        longestDays: count
          .nullable()
          .meta({ description: 'since the first of the new agents was registered' }),
        existingAgents: count,
        existingWithSeat: count,
      }),
    )
    .meta({ description: 'agents who work now and have never attended, as of today' }),
  need: z.object({
    registered: count.meta({ description: 'new agents of the last twelve months' }),
    missing: count,
    medianSeats: z.number().nullable().meta({ description: 'of the last four held days' }),
    daysNeeded: count.nullable().meta({
      description: '(registered + missing) / medianSeats, rounded up; null when no day has been held',
    }),
    daysPlanned: count.meta({ description: 'within a year from today' }),
  }),
});
