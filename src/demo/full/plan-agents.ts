import { addDays, type LocalDate } from '../../common/local-date.js';
import { nameAt } from '../demo-names.js';
import type { DemoRandom } from './demo-random.js';
import type { PlannedAgent } from './plan.js';
import { learningOfExisting, learningOfNew } from './plan-learning.js';
import { agentWith, periodAt, span, type AgentGround } from './plan-periods.js';
import { onTheWay } from './plan-stages.js';

const AGENTS = 300;
const EXISTING = 110;
/** Whoever registered later than this is one of those on the way, who are planned one by one. */
const SETTLED_DAYS = 60;

/** Those who were there before Vagtklar, those registered since, and those on the way to their first shift. */
export function planAgents(ground: AgentGround): PlannedAgent[] {
  const existing = Array.from({ length: EXISTING }, (_, n) => planExisting(ground, n));
  const coming = onTheWay(ground, (on) => pickMember(ground, on));
  const settled = AGENTS - EXISTING - coming.length;
  const days = span(ground.goLive, ground.today) - SETTLED_DAYS;
  const made = Array.from({ length: settled }, (_, n) =>
    planNew(ground, addDays(ground.goLive, Math.round((n / settled) * days))),
  );
  return [...existing, ...made, ...coming].map((agent, n) => ({ ...agent, ...identity(ground.random, n) }));
}

function identity(random: DemoRandom, n: number) {
  return {
    ...nameAt(n),
    email: `agent.${n + 1}@vagtklar.test`,
    phone: random.chance(0.7) ? `+4520${String(100_000 + n * 37).slice(0, 6)}` : null,
    language: random.chance(0.04) ? ('en' as const) : ('da' as const),
    phoneSystemId: `P${1000 + n}`,
  };
}

function planExisting(ground: AgentGround, n: number): PlannedAgent {
  const { random, goLive, today, members } = ground;
  // Everyone who is a member, or was, has at least two.
  const active = members.filter((member) => member.fromOn <= addDays(today, -120));
  const member = active[n % active.length]!;
  const isFounder = member.fromOn < goLive;
  const startOn = isFounder
    ? addDays(member.fromOn, random.int(0, Math.max(0, span(member.fromOn, goLive) - 1)))
    : addDays(member.fromOn, random.int(0, 10));
  const registeredOn = addDays(isFounder ? goLive : startOn, random.int(0, 5));
  const period = periodAt(ground, member.code, {
    kind: 'existing',
    registeredOn,
    startOn,
    firstShiftOn: null,
  });
  return agentWith(period, {
    onboardingAttendedOn: random.chance(0.85) ? addDays(startOn, random.int(0, 5)) : null,
    learning: learningOfExisting(random, period, today),
  });
}

function planNew(ground: AgentGround, registeredOn: LocalDate): PlannedAgent {
  const { random, today } = ground;
  const startOn = addDays(registeredOn, random.int(3, 25));
  const period = periodAt(ground, pickMember(ground, registeredOn), {
    kind: 'new',
    registeredOn,
    startOn,
    firstShiftOn: addDays(startOn, random.int(7, 21)),
  });
  return agentWith(period, {
    learning: learningOfNew(random, registeredOn, today),
  });
}

/** A municipality that takes part on the day and for some time after, cities more often than others. */
function pickMember({ random, members }: AgentGround, on: LocalDate): string {
  const active = members.filter(
    (member) => member.fromOn <= on && (member.toOn === null || member.toOn > addDays(on, SETTLED_DAYS)),
  );
  const drawn = random.int(
    1,
    active.reduce((sum, member) => sum + member.weight, 0),
  );
  let passed = 0;
  return active.find((member) => (passed += member.weight) >= drawn)!.code;
}
