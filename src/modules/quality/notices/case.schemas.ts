import { z } from 'zod';
import { municipalityCode } from '../../../common/fields.js';
import { pageQuery } from '../../../common/pagination.js';
import { CASE_END_REASONS, CASE_STATES } from './case-state.rules.js';
import { CASE_EVENTS } from './case-timeline.js';

/** Why somebody ends a case; the other reasons come by themselves. */
export const CHOSEN_END_REASONS = ['talked', 'improved', 'no_talk_needed', 'figures_wrong'] as const;

/** What ends a case. */
export const caseClosing = z.strictObject({
  reason: z.enum(CHOSEN_END_REASONS),
  version: z.number().int().min(1),
});

/** The same as a form has it. */
export const caseClosingForm = z.object({
  reason: z.enum(CHOSEN_END_REASONS),
  version: z.coerce.number().int().min(1),
});

/** What ends a case. */
export type CaseClosing = z.output<typeof caseClosing>;

/** Which cases a list holds. */
export const caseQuery = z.strictObject({
  state: z.enum(CASE_STATES).optional(),
  municipality: municipalityCode.optional(),
  ...pageQuery,
});

const instant = z.string().nullable();

/** A case as a list of the API shows it. */
export const caseView = z.object({
  id: z.number(),
  agentId: z.number(),
  agentName: z.string(),
  municipalityCode: z.string(),
  municipalityName: z.string(),
  state: z.enum(CASE_STATES),
  streakFrom: z.string(),
  streakTo: z.string(),
  agentToldAt: instant,
  leaderNoticeAt: instant,
  leaderToldAt: instant,
  endedAt: instant,
  endReason: z.enum(CASE_END_REASONS).nullable(),
  isTalkRelevant: z.boolean().nullable().meta({ description: 'null while the secretariat has not decided' }),
  createdAt: z.string(),
  version: z.number(),
});

const interval = z.object({ rate: z.number(), low: z.number(), high: z.number() }).nullable();
const calls = z.object({
  answered: z.number(),
  resolved: z.number(),
  warmTransferred: z.number().nullable(),
  rate: interval.meta({ description: 'resolved of answered, with the interval of 95 %' }),
  rateWithWarm: interval.meta({ description: 'warm transfers counted as resolved' }),
  isFew: z.boolean(),
});

/** A case in full. */
export const caseDetail = caseView.extend({
  months: z.array(
    z.object({
      month: z.string(),
      isFollowUp: z.boolean(),
      atClosing: calls,
      now: calls.nullable(),
      isCorrected: z.boolean(),
    }),
  ),
  pooled: calls,
  isTooFewToKnow: z.boolean(),
  isStillHit: z
    .boolean()
    .nullable()
    .meta({ description: 'whether the figures of now still lead to it; null for somebody who has left' }),
  participation: z.object({
    startOn: z.string().nullable(),
    elearningCompletedOn: z.string().nullable(),
    onboardingAttendedOn: z.string().nullable(),
    guidesRequired: z.number(),
    guidesReadInTime: z.number(),
  }),
  timeline: z.array(
    z.object({
      at: z.string(),
      kind: z.enum(CASE_EVENTS),
      month: z.string().nullable(),
      mailState: z.string().nullable(),
      to: z.string().nullable(),
    }),
  ),
});
