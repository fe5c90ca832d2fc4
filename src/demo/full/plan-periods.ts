import type { LocalDate } from '../../common/local-date.js';
import type { DemoRandom } from './demo-random.js';
import type { PlannedAgent, PlannedPeriod } from './plan.js';
import { NOTHING_LEARNT } from './plan-learning.js';
import type { PlannedLeader, PlannedMember } from './plan-members.js';

/** What the agents are planned from. */
export interface AgentGround {
  random: DemoRandom;
  today: LocalDate;
  goLive: LocalDate;
  members: readonly PlannedMember[];
  leaders: readonly PlannedLeader[];
}

/** The period of somebody who works for a municipality from a day on. */
export function periodAt(
  { random, leaders }: Pick<AgentGround, 'random' | 'leaders'>,
  municipalityCode: string,
  dates: Pick<PlannedPeriod, 'registeredOn' | 'startOn' | 'firstShiftOn' | 'kind'>,
): PlannedPeriod {
  const own = leaders.filter((leader) => leader.municipalityCode === municipalityCode);
  const leaderEmail = random.pick(own).email;
  return { municipalityCode, leaderEmail, ...dates, endOn: null, endReason: null };
}

/** An agent of whom nothing else is known yet. */
export function agentWith(period: PlannedPeriod, changes: Partial<PlannedAgent> = {}): PlannedAgent {
  return {
    firstName: '',
    lastName: '',
    email: '',
    phone: null,
    language: 'da',
    phoneSystemId: '',
    onboardingAttendedOn: null,
    periods: [period],
    learning: NOTHING_LEARNT,
    welcomeOn: null,
    isWelcomeRefused: false,
    ...changes,
  };
}

/** Days between two days. */
export function span(from: LocalDate, to: LocalDate): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}
