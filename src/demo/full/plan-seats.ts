import { addDays, type LocalDate } from '../../common/local-date.js';
import { ATTENDANCE_REASONS, type SeatDay } from '../../modules/onboarding-days/index.js';
import { SeatHistory, type Moment, type PlannedMark } from '../seats/seat-history.js';
import { DemoRandom } from './demo-random.js';
import type { DemoPlan, PlannedAgent } from './plan.js';

/** Something that happens; of one day in the order of its times. */
interface Happening {
  at: Moment;
  tell: (history: SeatHistory) => void;
}

const SEED = 1024;
/** How many of a hundred who have a seat do what; the others attend. */
const NO_SHOW = 8;
const EXCUSED = 3;
const PARTIAL = 3;
/** In every other day somebody comes who has no seat. */
const WALK_IN = 0.5;
/** Leaders have booked so many of the existing agents that long ago. */
const INVITED = 4;
const INVITED_DAYS = 20;
const DEPARTURE_KNOWN_DAYS = 8;

const order = ({ at }: Happening): string => `${at.on} ${at.time}`;

/** Two years of onboarding days: new agents are seated, most attend, some do not and go on to the next day, some leave before. */
export function planSeats({ agents, today }: DemoPlan, days: readonly SeatDay[]): SeatHistory {
  const random = new DemoRandom(SEED);
  const happenings = [
    ...agents.flatMap((agent) => happeningsOf(agent, today)),
    ...days.filter(({ on }) => on < today).map((day) => holding(day, random)),
    invitation(days, today),
  ];
  const history = new SeatHistory(days);
  for (const { tell } of happenings.toSorted((a, b) =>
    order(a) < order(b) ? -1 : order(a) > order(b) ? 1 : 0,
  ))
    tell(history);
  return history;
}

function happeningsOf(
  { email, periods, welcomeOn, onboardingAttendedOn }: PlannedAgent,
  today: LocalDate,
): Happening[] {
  const quietUntil = welcomeOn === null ? null : ({ on: welcomeOn, time: '08:00' } as const);
  const hasAttended = onboardingAttendedOn !== null;
  return periods.flatMap(({ kind, startOn, registeredOn, endOn, endReason }) => {
    const at = { on: registeredOn, time: '10:00' } as const;
    const agent = { email, kind, startOn, lastOn: null, registeredAt: at, quietUntil, hasAttended };
    const begun: Happening = { at, tell: (history) => history.begin(agent, at) };
    // Whoever moves keeps the seat.
    if (endOn === null || endReason === 'transferred') return [begun];
    const isOver = endOn < today;
    const end = isOver
      ? ({ on: addDays(endOn, 1), time: '00:05' } as const)
      : ({ on: addDays(today, -DEPARTURE_KNOWN_DAYS), time: '11:00' } as const);
    const ended: Happening = {
      at: end,
      tell: (history) => (isOver ? history.leave(email, end) : history.endsOn(email, endOn, end)),
    };
    return [begun, ended];
  });
}

function holding(day: SeatDay, random: DemoRandom): Happening {
  const at = { on: day.on, time: '15:45' } as const;
  return {
    at,
    tell: (history) => {
      const marks = history.seatedOn(day).map((email) => ({ email, ...drawn(random) }));
      const others = history.neverAttended('existing');
      if (others.length > 0 && random.chance(WALK_IN))
        marks.push({ email: random.pick(others), status: 'attended', reason: null });
      history.hold(day, marks, at);
    },
  };
}

function drawn(random: DemoRandom): Pick<PlannedMark, 'status' | 'reason'> {
  const n = random.int(1, 100);
  const reason = random.chance(0.7) ? random.pick(ATTENDANCE_REASONS) : null;
  if (n <= NO_SHOW) return { status: 'no_show', reason };
  if (n <= NO_SHOW + EXCUSED) return { status: 'excused', reason };
  if (n <= NO_SHOW + EXCUSED + PARTIAL) return { status: 'partial', reason };
  return { status: 'attended', reason: null };
}

/** Some existing agents who never attended are booked by their leaders, on the last day planned. */
function invitation(days: readonly SeatDay[], today: LocalDate): Happening {
  const at = { on: addDays(today, -INVITED_DAYS), time: '13:00' } as const;
  return {
    at,
    tell: (history) => {
      for (const email of history.neverAttended('existing').slice(0, INVITED))
        history.book(email, days.at(-1)!, at);
    },
  };
}
