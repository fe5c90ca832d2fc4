import type { Condition } from '../../common/access/scope.js';
import type { LocalDate } from '../../common/local-date.js';

/** Where an agent stands with the onboarding day. */
export const ONBOARDING_STEPS = ['missing', 'seat', 'attended'] as const;

/** Where an agent stands with the onboarding day. */
export type OnboardingStep = (typeof ONBOARDING_STEPS)[number];

/** The onboarding day of the agent `a` as expressions. */
export interface OnboardingColumns {
  /** The first day the agent took part in, here or before Vagtklar; null when none. */
  attendedOn: Condition;
  /** The day of the seat, that day included; null when there is none. */
  seatOn: Condition;
  step: Condition;
}

/**
 * The onboarding day as of the end of a day. A day that was attended counts from its date on, however late it was marked; a seat counts
 * from when it was given until it was given up, or until its day is over. A day carries its present date also in the past.
 */
export function onboardingAsOf(day: LocalDate, end: Date): OnboardingColumns {
  const attended = `t.mustAttendAgain = 0 AND d.onDate <= ?`;
  const held = heldAsOf(day, end);
  return {
    attendedOn: {
      sql: `COALESCE((SELECT MIN(CASE WHEN a.onboardingAttendedOn < d.onDate THEN a.onboardingAttendedOn ELSE d.onDate END)
                        FROM attendance t JOIN onboarding_day d ON d.id = t.dayId WHERE t.agentId = a.id AND ${attended}),
                     CASE WHEN a.onboardingAttendedOn <= ? THEN a.onboardingAttendedOn END)`,
      values: [day, day],
    },
    seatOn: { sql: `(SELECT MAX(d.onDate) ${held.sql} AND b.agentId = a.id)`, values: held.values },
    // Asked of every agent at once: for a hundred thousand rows that is faster than to look up each by itself.
    step: {
      sql: `CASE WHEN a.onboardingAttendedOn <= ? OR a.id IN (SELECT t.agentId FROM attendance t
                        JOIN onboarding_day d ON d.id = t.dayId WHERE ${attended}) THEN 'attended'
                 WHEN a.id IN (SELECT b.agentId ${held.sql}) THEN 'seat' ELSE 'missing' END`,
      values: [day, day, ...held.values],
    },
  };
}

/** Seats that are held at the end of the day; one of the day itself is used up once it is marked. */
function heldAsOf(day: LocalDate, end: Date): Condition {
  return {
    sql: `FROM booking b JOIN onboarding_day d ON d.id = b.dayId
     WHERE b.seatedAt < ? AND (b.endedAt IS NULL OR b.endedAt >= ?) AND (d.onDate > ? OR (d.onDate = ?
       AND NOT EXISTS (SELECT 1 FROM attendance k WHERE k.dayId = b.dayId AND k.agentId = b.agentId)))`,
    values: [end, end, day, day],
  };
}
