import { addDays, type LocalDate } from '../../common/local-date.js';
import type { WaiverReason } from '../../modules/courses/index.js';
import { DemoRandom } from './demo-random.js';
import { planAgents } from './plan-agents.js';
import { planChanges, type PlannedTransfer } from './plan-changes.js';
import { planLeaders, planMembers, type PlannedLeader, type PlannedMember } from './plan-members.js';

/** A period of employment. */
export interface PlannedPeriod {
  municipalityCode: string;
  leaderEmail: string;
  kind: 'new' | 'existing';
  registeredOn: LocalDate;
  startOn: LocalDate;
  firstShiftOn: LocalDate | null;
  endOn: LocalDate | null;
  endReason: 'departed' | 'transferred' | 'membership_ended' | null;
}

/** What an agent has done about the e-learning. */
export interface PlannedLearning {
  begunOn: LocalDate | null;
  completedOn: LocalDate | null;
  source: 'webhook' | 'manual' | 'import' | 'registration';
  note: string | null;
  waiver: { on: LocalDate; reason: WaiverReason } | null;
}

/** An agent with everything that has happened. */
export interface PlannedAgent {
  firstName: string;
  lastName: string;
  email: string;
  phone: string | null;
  language: 'da' | 'en';
  phoneSystemId: string;
  onboardingAttendedOn: LocalDate | null;
  /** In the order of time; the last one may still be open. */
  periods: PlannedPeriod[];
  learning: PlannedLearning;
  /** The day on which the welcome mail goes out, when that was wished later. */
  welcomeOn: LocalDate | null;
  isWelcomeRefused: boolean;
}

/** The whole demonstration, before anything is written. */
export interface DemoPlan {
  today: LocalDate;
  /** When the municipalities began to use Vagtklar. */
  goLive: LocalDate;
  members: PlannedMember[];
  leaders: PlannedLeader[];
  agents: PlannedAgent[];
  /** Transfers that have happened, and one that waits for its day. */
  transfers: PlannedTransfer[];
}

const SEED = 751;
const HISTORY_DAYS = 730;

/** Plans the demonstration of a day: the same day always gives the same people with the same histories. */
export function planFull(today: LocalDate): DemoPlan {
  const random = new DemoRandom(SEED);
  const goLive = addDays(today, -HISTORY_DAYS);
  const members = planMembers(today);
  const leaders = planLeaders(members);
  const agents = planAgents({ random, today, goLive, members, leaders });
  const transfers = planChanges({ random, today, members, leaders, agents });
  return { today, goLive, members, leaders, agents, transfers };
}
