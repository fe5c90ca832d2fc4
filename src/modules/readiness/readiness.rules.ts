import type { LocalDate } from '../../common/local-date.js';
import { covers } from '../agents/index.js';
import { applies, type VersionWindowSpan } from '../guides/index.js';

/** What a guide that has not been read does to a shift: the secretariat decides. */
export const UNREAD_GUIDE_EFFECTS = ['blocks', 'warns'] as const;

/** Whether a reason makes the agent not ready, or is only said. */
export type ReasonEffect = (typeof UNREAD_GUIDE_EFFECTS)[number];

/** Why an agent is not ready, or what is missing beside; the sentence is `reason.<code>` in the catalogue. */
export const REASON_CODES = [
  'not_employed',
  'elearning_not_assigned',
  'elearning_missing',
  'onboarding_day_missing',
  'guide_unread',
] as const;

/** Why an agent is not ready, or what is missing beside. */
export type ReasonCode = (typeof REASON_CODES)[number];

/** A period in which an agent works for one municipality, as far as readiness needs it. */
export interface EmploymentFact {
  municipalityCode: string;
  leaderId: number | null;
  kind: 'new' | 'existing';
  effectiveFromOn: LocalDate;
  endOn: LocalDate | null;
}

/** E-learning that is required before the first shift and assigned to the agent. */
export interface RequiredCourse {
  enrolmentId: number;
  title: string;
  state: 'not_started' | 'in_progress' | 'completed' | 'waived';
}

/** A guide version that is meant for the agent and not answered by any receipt, with the shifts that ask for it. */
export interface UnreadGuide extends VersionWindowSpan {
  versionId: number;
  guideId: number;
  number: number;
  title: string;
  minutes: number;
}

/** What is known of an agent. */
export interface AgentFacts {
  employments: readonly EmploymentFact[];
  courses: readonly RequiredCourse[];
  /** Whether the agent took part in an onboarding day, or need not. */
  hasAttended: boolean;
  unread: readonly UnreadGuide[];
}

/** When the agent is to be ready; the day is the local one on which the instant falls. */
export interface ReadinessInstant {
  at: Date;
  on: LocalDate;
}

/** One reason. */
export type ReadinessReason =
  | { code: 'not_employed' | 'elearning_not_assigned' | 'onboarding_day_missing'; effect: ReasonEffect }
  | { code: 'elearning_missing'; effect: ReasonEffect; enrolmentId: number; title: string }
  | {
      code: 'guide_unread';
      effect: ReasonEffect;
      versionId: number;
      guideId: number;
      number: number;
      title: string;
      minutes: number;
    };

/** The answer; it is not ready when any reason blocks. */
export interface Readiness {
  ready: boolean;
  reasons: ReadinessReason[];
}

/**
 * Whether an agent is ready at an instant, and what is missing. A new agent completes the required e-learning first (as
 * `journeyOf` has it); the onboarding day only warns; what a guide does that has not been read is for the secretariat to say.
 */
export function readinessOf(
  facts: AgentFacts,
  when: ReadinessInstant,
  unreadGuide: ReasonEffect = 'blocks',
): Readiness {
  const employment = employmentOn(facts.employments, when.on);
  const reasons: ReadinessReason[] = [];
  if (!employment || !covers(employment, when.on)) reasons.push(blocking('not_employed'));
  if (employment?.kind === 'new') {
    reasons.push(...missingElearning(facts.courses));
    if (!facts.hasAttended) reasons.push({ code: 'onboarding_day_missing', effect: 'warns' });
  }
  for (const version of facts.unread)
    if (applies(version, when.at)) reasons.push(unreadReason(version, unreadGuide));
  return { ready: reasons.every(({ effect }) => effect !== 'blocks'), reasons };
}

/**
 * The period that decides whose an agent's shift on a day is: the one that covers the day, else the last one before it, so that
 * a shift after the last day is still somebody's to see, else the first one.
 */
export function employmentOn<E extends Pick<EmploymentFact, 'effectiveFromOn'>>(
  employments: readonly E[],
  on: LocalDate,
): E | undefined {
  let first: E | undefined;
  let latest: E | undefined;
  for (const one of employments) {
    if (!first || one.effectiveFromOn < first.effectiveFromOn) first = one;
    if (one.effectiveFromOn <= on && (!latest || one.effectiveFromOn > latest.effectiveFromOn)) latest = one;
  }
  return latest ?? first;
}

function missingElearning(courses: readonly RequiredCourse[]): ReadinessReason[] {
  if (courses.length === 0) return [blocking('elearning_not_assigned')];
  return courses
    .filter(({ state }) => state !== 'completed' && state !== 'waived')
    .map(({ enrolmentId, title }) => ({ code: 'elearning_missing', effect: 'blocks', enrolmentId, title }));
}

function unreadReason(version: UnreadGuide, effect: ReasonEffect): ReadinessReason {
  const { versionId, guideId, number, title, minutes } = version;
  return { code: 'guide_unread', effect, versionId, guideId, number, title, minutes };
}

function blocking(code: 'not_employed' | 'elearning_not_assigned'): ReadinessReason {
  return { code, effect: 'blocks' };
}
