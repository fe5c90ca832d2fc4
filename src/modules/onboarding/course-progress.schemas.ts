import { z } from 'zod';
import { pageQuery } from '../../common/pagination.js';

/** Which page of those who are late. */
export const progressQuery = z.strictObject({ ...pageQuery });

const count = z.number().int();
const fewest = 'null when it is of fewer than five people';
const funnel = z.object({
  enrolled: count,
  begun: count,
  completed: count,
  passed: count,
  waived: count,
  retake: count.meta({ description: 'those who are to take a newer version' }),
});
const unit = z.object({
  version: count,
  unit: count.meta({ description: 'its place among the units of the manifest' }),
  title: z.string(),
  people: count,
  places: z.array(
    z.object({
      place: z.string().nullable().meta({ description: 'null for all places that cannot be told' }),
      people: count,
    }),
  ),
});
const late = z.object({
  enrolmentId: z.number(),
  personId: z.number(),
  agentId: z.number().nullable(),
  municipalityCode: z.string().nullable(),
  leaderId: z.number().nullable(),
  reason: z.enum(['first_shift', 'retake']),
  state: z.enum(['late', 'soon']),
  dueOn: z.string(),
  days: z.number().meta({ description: 'since dueOn, negative while there is still time' }),
  lastReminderAt: z.string().nullable(),
});

/** How a course goes, as the API shows it. */
export const progressView = z.object({
  courseId: z.number(),
  current: funnel.meta({ description: 'people who work for DDH now' }),
  left: funnel.meta({ description: 'people who have left' }),
  minutes: z.array(
    z.object({ version: count, people: count, median: count.nullable().meta({ description: fewest }) }),
  ),
  daysToCompletion: z.object({ people: count, median: count.nullable().meta({ description: fewest }) }),
  stopped: z.object({
    units: z.array(unit),
    elsewhere: count.meta({ description: 'those who take the course at another host' }),
  }),
  late: z.object({ items: z.array(late), nextCursor: z.string().nullable() }),
});
