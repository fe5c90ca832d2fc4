import { addDays, type LocalDate } from '../../common/local-date.js';
import type { DemoRandom } from './demo-random.js';
import type { PlannedAgent } from './plan.js';
import type { PlannedLeader, PlannedMember } from './plan-members.js';
import { periodAt, span } from './plan-periods.js';

/** A move to another municipality. */
export interface PlannedTransfer {
  agent: PlannedAgent;
  toMunicipalityCode: string;
  leaderEmail: string;
  on: LocalDate;
}

interface Ground {
  random: DemoRandom;
  today: LocalDate;
  members: readonly PlannedMember[];
  leaders: readonly PlannedLeader[];
  agents: readonly PlannedAgent[];
}

const TRANSFERS = 12;
const RETURNS = 6;
const DEPARTURES = 26;
/** Only those who have been there for a while move or leave. */
const LONG_DAYS = 150;

/** Lets agents leave, come back and move; gives the moves. */
export function planChanges(ground: Ground): PlannedTransfer[] {
  endWithMembership(ground);
  const { random, today, agents } = ground;
  const before = addDays(today, -LONG_DAYS);
  const settled = agents.filter(
    ({ periods: [period] }) =>
      period!.endOn === null && period!.startOn < before && period!.registeredOn < before,
  );
  const chosen = random.shuffled(settled);
  for (const agent of chosen.splice(0, DEPARTURES)) depart(ground, agent);
  for (const agent of chosen.splice(0, RETURNS)) leaveAndReturn(ground, agent);
  for (const [index, agent] of chosen.splice(0, 2).entries()) {
    const last = agent.periods.at(-1)!;
    Object.assign(last, { endOn: addDays(today, 20 + index * 25), endReason: 'departed' });
  }
  const done = chosen.splice(0, TRANSFERS).map((agent) => move(ground, agent));
  const planned = chosen.splice(0, 1).map((agent) => destination(ground, agent, addDays(today, 30)));
  return [...done.sort((a, b) => (a.on < b.on ? -1 : 1)), ...planned];
}

/** A municipality that has left took its agents with it. */
function endWithMembership({ members, agents }: Ground): void {
  const ends = new Map(members.flatMap(({ code, toOn }) => (toOn ? [[code, toOn] as const] : [])));
  for (const { periods } of agents) {
    const endOn = ends.get(periods[0]!.municipalityCode);
    if (endOn) Object.assign(periods[0]!, { endOn, endReason: 'membership_ended' });
  }
}

function depart({ random, today }: Ground, agent: PlannedAgent): void {
  const period = agent.periods[0]!;
  Object.assign(period, { endOn: somewhereSince(random, period, today, 90), endReason: 'departed' });
}

function leaveAndReturn(ground: Ground, agent: PlannedAgent): void {
  const { random, today } = ground;
  const first = agent.periods[0]!;
  const endOn = addDays(today, -random.int(100, 140));
  Object.assign(first, {
    endOn: endOn > first.registeredOn ? endOn : first.registeredOn,
    endReason: 'departed',
  });
  const startOn = addDays(today, -random.int(20, 70));
  agent.periods.push(
    periodAt(ground, first.municipalityCode, {
      kind: 'existing',
      registeredOn: addDays(startOn, -2),
      startOn,
      firstShiftOn: null,
    }),
  );
}

function move(ground: Ground, agent: PlannedAgent): PlannedTransfer {
  const period = agent.periods[0]!;
  const transfer = destination(ground, agent, somewhereSince(ground.random, period, ground.today, 10));
  Object.assign(period, { endOn: addDays(transfer.on, -1), endReason: 'transferred' });
  agent.periods.push({
    ...period,
    municipalityCode: transfer.toMunicipalityCode,
    leaderEmail: transfer.leaderEmail,
    registeredOn: transfer.on,
    startOn: transfer.on,
    firstShiftOn: null,
    endOn: null,
    endReason: null,
  });
  return transfer;
}

function destination(
  { random, members, leaders }: Ground,
  agent: PlannedAgent,
  on: LocalDate,
): PlannedTransfer {
  const others = members.filter(
    ({ code, fromOn, toOn }) => code !== agent.periods[0]!.municipalityCode && fromOn <= on && toOn === null,
  );
  const toMunicipalityCode = random.pick(others).code;
  const { email } = leaders.find((leader) => leader.municipalityCode === toMunicipalityCode)!;
  return { agent, toMunicipalityCode, leaderEmail: email, on };
}

/** A day after the agent had settled in, at least so many days ago. */
function somewhereSince(
  random: DemoRandom,
  { startOn, registeredOn }: { startOn: LocalDate; registeredOn: LocalDate },
  today: LocalDate,
  daysAgo: number,
): LocalDate {
  const from = addDays(startOn > registeredOn ? startOn : registeredOn, 30);
  return addDays(from, random.int(0, Math.max(0, span(from, addDays(today, -daysAgo)))));
}
