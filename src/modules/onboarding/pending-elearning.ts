/**
 * The enrolments that stand between a new agent and the first shift; goes on with `AND`. Names: `e` enrolment, `c` course, `p` person,
 * `a` agent, `m` employment. The journey, the reminders and the follow-up of a course mean the same by it.
 */
export const PENDING_ELEARNING = `FROM enrolment e
   JOIN course c ON c.id = e.courseId AND c.requiredBeforeFirstShift = 1 AND c.audience = 'agent'
   JOIN person p ON p.id = e.personId AND p.deactivatedAt IS NULL
   JOIN agent a ON a.personId = e.personId
   JOIN employment m ON m.openAgentId = a.id AND m.kind = 'new'
  WHERE e.state NOT IN ('completed', 'waived')`;

/** The day before which it must be done (`elearningDueOn` of the journey). */
export const ELEARNING_DUE_ON = 'COALESCE(m.firstShiftOn, m.startOn)';

/** Whether the agent `a` has yet to be welcomed, and so knows of nothing to be reminded of. */
export const WELCOME_WAITS = `EXISTS (SELECT 1 FROM mail w WHERE w.aboutType = 'agent' AND w.aboutId = a.id
    AND w.template = 'welcome' AND w.state IN ('queued', 'sending', 'retrying'))`;
