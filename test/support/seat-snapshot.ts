import { localDateOf } from '../../src/common/local-date.js';
import { HAS_ATTENDED, MEMBER_UNTIL } from '../../src/modules/onboarding-days/seats/attendees.js';
import type { SeatSnapshot } from '../../src/modules/onboarding-days/onboarding-days.rules.js';
import type { TestApp } from './test-app.js';

interface RawAgent {
  id: number;
  startOn: string;
  endOn: string | null;
  memberUntil: string | null;
  openAgentId: number | null;
  kind: string;
  hasAttended: number;
  isDue: number;
}

/** Everything about seats as it stands in a database now, for the invariants to look at. */
export async function seatSnapshot(app: TestApp): Promise<SeatSnapshot> {
  const days = await app.rows<{ cancelled: number } & Omit<SeatSnapshot['days'][0], 'isCancelled'>>(
    `SELECT id, onDate AS \`on\`, bookBy, capacity, seatsTaken, CASE WHEN cancelledAt IS NULL THEN 0 ELSE 1 END AS cancelled
       FROM onboarding_day ORDER BY id`,
  );
  const bookings = await app.rows<{ held: number | null } & SeatSnapshot['bookings'][0]>(
    "SELECT agentId, dayId, status, seatAgentId AS held FROM booking WHERE status <> 'cancelled' ORDER BY id",
  );
  return {
    today: localDateOf(app.clock.now()),
    days: days.map(({ cancelled, ...day }) => ({ ...day, isCancelled: cancelled === 1 })),
    agents: await agentsOf(app),
    bookings: bookings.map(({ held, ...booking }) => ({
      ...booking,
      isUsed: booking.status === 'booked' && held === null,
    })),
  };
}

async function agentsOf(app: TestApp): Promise<SeatSnapshot['agents']> {
  const agents = await app.rows<RawAgent>(
    `SELECT a.id, m.startOn, m.endOn, ${MEMBER_UNTIL} AS memberUntil, m.openAgentId, m.kind, ${HAS_ATTENDED} AS hasAttended,
            EXISTS (SELECT 1 FROM attendance g WHERE g.agentId = a.id AND g.mustAttendAgain = 1) AS isDue
       FROM agent a JOIN employment m ON m.id = (SELECT x.id FROM employment x WHERE x.agentId = a.id
            ORDER BY CASE WHEN x.openAgentId IS NULL THEN 1 ELSE 0 END, x.id DESC LIMIT 1)`,
  );
  const declined = await app.rows<{ agentId: number; dayId: number }>(
    `SELECT agentId, dayId FROM booking WHERE endReason IN ('cancelled', 'moved') AND dayId IS NOT NULL
      UNION SELECT agentId, dayId FROM attendance`,
  );
  return agents.map(({ id, startOn, endOn, memberUntil, openAgentId, kind, hasAttended, isDue }) => ({
    id,
    startOn,
    lastOn: [endOn, memberUntil].filter((day) => day !== null).sort()[0] ?? null,
    isEmployed: openAgentId !== null,
    isInNeed: openAgentId !== null && hasAttended === 0 && (kind === 'new' || isDue === 1),
    declinedDayIds: declined.filter(({ agentId }) => agentId === id).map(({ dayId }) => dayId),
  }));
}
