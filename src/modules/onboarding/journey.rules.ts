import { localDateOf, type LocalDate } from '../../common/local-date.js';

/** What is known of an agent on the way to the first shift. */
export interface JourneyFacts {
  kind: 'new' | 'existing';
  startOn: LocalDate;
  firstShiftOn: LocalDate | null;
  welcome: { state: string; dueAt: string; sentAt: string | null } | null;
  courses: {
    enrolmentId: number;
    title: string;
    requiredBeforeFirstShift: boolean;
    state: 'not_started' | 'in_progress' | 'completed' | 'waived';
    completedAt: Date | null;
  }[];
  /** The first onboarding day the agent took part in. */
  attendedOn: LocalDate | null;
  /** The seat the agent holds. */
  seat: { on: LocalDate; venue: string } | null;
  /** The day on whose waiting list the agent stands. */
  wait: { on: LocalDate } | null;
  /** Whether the agent has to attend and waits for any day to have a seat. */
  isUnplaced: boolean;
}

/** One step; `late` means that its day has passed. */
export interface JourneyStep {
  kind: 'welcome_mail' | 'elearning' | 'onboarding_day' | 'first_shift';
  state: 'done' | 'waived' | 'in_progress' | 'waiting' | 'late' | 'failed' | 'cancelled';
  dueOn: LocalDate | null;
  doneAt: string | null;
  /** The course's title, the venue, or the mail's state. */
  detail: string | null;
}

/** Why an agent is not ready; the sentence is `reason.<code>` in the catalogue. */
export interface Reason {
  code: 'elearning_missing' | 'elearning_not_assigned';
  args: Record<string, string | number>;
  link: string | null;
}

/** What the agent waits for beside the seat; empty once a day was attended. */
export interface DayWait {
  /** The day on whose waiting list the agent stands. */
  waitOn: LocalDate | null;
  /** Whether there is no seat on any day yet. */
  isUnplaced: boolean;
}

/** An agent's way to the first shift. */
export interface Journey {
  dayWait: DayWait;
  steps: JourneyStep[];
  readyForFirstShift: boolean;
  reasons: Reason[];
}

/**
 * The way to the first shift and what is missing. A new agent completes every required course before the first shift
 * (rule 2); those who were there before Vagtklar are not gated. The onboarding day never blocks (decision "Readiness").
 */
export function journeyOf(facts: JourneyFacts, today: LocalDate, zone: string): Journey {
  const reasons = facts.kind === 'existing' ? [] : missingElearning(facts);
  const welcome = facts.welcome ? [welcomeStep(facts.welcome, zone)] : [];
  return {
    dayWait: dayWaitOf(facts),
    steps: [
      ...welcome,
      ...elearningSteps(facts, today),
      ...inOrder(dayStep(facts), firstShiftStep(facts, today)),
    ],
    readyForFirstShift: reasons.length === 0,
    reasons,
  };
}

/** The courses as they stood at an instant: what was completed after it counts as not completed. */
export function coursesAsOf<C extends { state: string; completedAt: Date | null }>(
  courses: readonly C[],
  end: Date,
): C[] {
  return courses.map((course) =>
    course.completedAt && course.completedAt >= end
      ? { ...course, state: 'not_started' as const, completedAt: null }
      : course,
  );
}

/** Whether required e-learning that is not completed is late: it is to be done before the day begins. */
export function isElearningLate(dueOn: LocalDate, today: LocalDate): boolean {
  return dueOn <= today;
}

/** The day before which the e-learning must be done: the first shift when it is known, else the start. */
function elearningDueOn(facts: Pick<JourneyFacts, 'startOn' | 'firstShiftOn'>): LocalDate {
  return facts.firstShiftOn ?? facts.startOn;
}

/** Whether nothing more is asked of the learner. */
export function isThrough(state: JourneyFacts['courses'][number]['state']): boolean {
  return state === 'completed' || state === 'waived';
}

function missingElearning(facts: JourneyFacts): Reason[] {
  const required = facts.courses.filter((course) => course.requiredBeforeFirstShift);
  if (required.length === 0) return [{ code: 'elearning_not_assigned', args: {}, link: null }];
  return required
    .filter((course) => !isThrough(course.state))
    .map(({ title, enrolmentId }) => ({
      code: 'elearning_missing',
      args: { course: title },
      link: `/laer/${enrolmentId}`,
    }));
}

function welcomeStep(welcome: NonNullable<JourneyFacts['welcome']>, zone: string): JourneyStep {
  const states = { sent: 'done', failed: 'failed', cancelled: 'cancelled' } as const;
  return {
    kind: 'welcome_mail',
    state: states[welcome.state as keyof typeof states] ?? 'waiting',
    dueOn: localDateOf(new Date(welcome.dueAt), zone),
    doneAt: welcome.sentAt,
    detail: welcome.state,
  };
}

function elearningSteps(facts: JourneyFacts, today: LocalDate): JourneyStep[] {
  const dueOn = elearningDueOn(facts);
  return facts.courses.map((course) => ({
    kind: 'elearning',
    state: courseState(
      course,
      course.requiredBeforeFirstShift && facts.kind === 'new' && isElearningLate(dueOn, today),
    ),
    dueOn: course.requiredBeforeFirstShift ? dueOn : null,
    doneAt: course.completedAt?.toISOString() ?? null,
    detail: course.title,
  }));
}

function courseState(course: JourneyFacts['courses'][number], isLate: boolean): JourneyStep['state'] {
  if (course.state === 'completed') return 'done';
  if (course.state === 'waived') return 'waived';
  if (isLate) return 'late';
  return course.state === 'in_progress' ? 'in_progress' : 'waiting';
}

/** The day does not block a shift, so whichever is first stands first. */
function inOrder(day: JourneyStep, shift: JourneyStep): JourneyStep[] {
  return shift.dueOn !== null && day.dueOn !== null && shift.dueOn < day.dueOn ? [shift, day] : [day, shift];
}

function dayStep(facts: JourneyFacts): JourneyStep {
  const attended = facts.attendedOn;
  return {
    kind: 'onboarding_day',
    state: attended ? 'done' : 'waiting',
    dueOn: attended ?? facts.seat?.on ?? null,
    doneAt: null,
    detail: attended ? null : (facts.seat?.venue ?? null),
  };
}

function dayWaitOf({ attendedOn, wait, isUnplaced }: JourneyFacts): DayWait {
  if (attendedOn) return { waitOn: null, isUnplaced: false };
  return { waitOn: wait?.on ?? null, isUnplaced };
}

function firstShiftStep(facts: JourneyFacts, today: LocalDate): JourneyStep {
  const { firstShiftOn } = facts;
  const isPast = firstShiftOn !== null && firstShiftOn < today;
  return {
    kind: 'first_shift',
    state: isPast ? 'done' : 'waiting',
    dueOn: firstShiftOn,
    doneAt: null,
    detail: null,
  };
}
