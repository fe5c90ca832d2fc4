import { addDays, weekdaysBefore, type LocalDate } from '../../common/local-date.js';
import type { PlannedAgent } from './plan.js';
import { begun, NOTHING_LEARNT, reported } from './plan-learning.js';
import { agentWith, periodAt, type AgentGround } from './plan-periods.js';

/** Weekdays before the first shift on which the agent is reminded (the rule of the onboarding module). */
export const REMINDED_BEFORE = [5, 2, 1] as const;

interface Stage {
  /** How many agents are there. */
  count: number;
  /** Days from today. */
  registered: number;
  start: number;
  /** Days from today; `calm` is a day soon that nobody is reminded of today. */
  firstShift: number | 'calm';
  learning: (today: LocalDate, n: number) => PlannedAgent['learning'];
  changes?: (today: LocalDate, n: number) => Partial<PlannedAgent>;
}

const STAGES: Stage[] = [
  // Just registered; the address of two of them is wrong.
  {
    count: 6,
    registered: -3,
    start: 14,
    firstShift: 28,
    learning: () => NOTHING_LEARNT,
    changes: (_, n) => ({ isWelcomeRefused: n < 2 }),
  },
  // Registered in good time: the welcome mail waits for its day.
  {
    count: 3,
    registered: -2,
    start: 35,
    firstShift: 49,
    learning: () => NOTHING_LEARNT,
    changes: (today, n) => ({ welcomeOn: addDays(today, 7 + n) }),
  },
  // Has begun.
  { count: 5, registered: -9, start: 3, firstShift: 19, learning: (today) => begun(addDays(today, -4)) },
  // Through, and ready for the first shift.
  {
    count: 5,
    registered: -20,
    start: -5,
    firstShift: 6,
    learning: (today, n) => reported(addDays(today, -9 - n), 2),
  },
  // The first shift is near, and the e-learning is missing.
  {
    count: 4,
    registered: -21,
    start: -4,
    firstShift: 'calm',
    learning: (today, n) => begun(n % 2 === 0 ? addDays(today, -6) : null),
  },
  // Too late.
  {
    count: 4,
    registered: -40,
    start: -20,
    firstShift: -4,
    learning: (today, n) => begun(n % 2 === 0 ? addDays(today, -15) : null),
  },
];

/** Agents on the way to their first shift, some at every stage. */
export function onTheWay(ground: AgentGround, memberOn: (on: LocalDate) => string): PlannedAgent[] {
  const { today } = ground;
  return STAGES.flatMap((stage) =>
    Array.from({ length: stage.count }, (_, n) => {
      const registeredOn = addDays(today, stage.registered);
      const shift = stage.firstShift === 'calm' ? calmDay(today) : addDays(today, stage.firstShift + n);
      const period = periodAt(ground, memberOn(registeredOn), {
        kind: 'new',
        registeredOn,
        startOn: addDays(today, stage.start),
        firstShiftOn: shift,
      });
      return agentWith(period, { learning: stage.learning(today, n), ...stage.changes?.(today, n) });
    }),
  );
}

/** A day soon that nobody is reminded of today, so that a demonstration writes to nobody when it starts. */
function calmDay(today: LocalDate): LocalDate {
  let day = addDays(today, 3);
  while (REMINDED_BEFORE.some((weekdays) => weekdaysBefore(day, weekdays) === today)) day = addDays(day, 1);
  return day;
}
