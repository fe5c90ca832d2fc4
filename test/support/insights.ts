import { insertRow, insertRows } from '../../src/database/sql.js';
import type { Tx } from '../../src/database/unit-of-work.js';
import { addMonths, monthsFrom, type Month, type ResolutionFigure } from '../../src/modules/quality/index.js';
import { Draw } from './simulation.js';

/** A period of employment. */
export interface SimulatedPeriod {
  municipalityCode: string;
  startOn: string;
  endOn?: string | null;
}

/** An agent with everything insights ask about. */
export interface SimulatedAgent {
  periods: SimulatedPeriod[];
  attendedOn: string | null;
  /** Answered and resolved. */
  calls: Record<Month, [number, number]>;
  completedAt?: string | null;
  score?: number | null;
  seconds?: number | null;
  registeredAt?: string;
  kind?: 'new' | 'existing';
  /** When each required guide was due and read. */
  guides?: { dueAt: string; readAt: string | null }[];
  id?: number;
}

/** How calls are made up. */
export interface SimulatedEffect {
  seed: number;
  agents: number;
  /** By how much the true share is higher after the day. */
  effect: number;
  /** Every so manieth agent never attends. */
  everyWithout: number;
  from: Month;
  to: Month;
}

/** Agents of two municipalities whose true shares differ, some of whom attend a day somewhere in the period. */
export function simulatedAgents({
  seed,
  agents,
  effect,
  everyWithout,
  from,
  to,
}: SimulatedEffect): SimulatedAgent[] {
  const draw = new Draw(seed);
  const months = monthsFrom(from, to);
  return Array.from({ length: agents }, (_, n) => {
    const attended =
      n % everyWithout === 0 ? null : months[Math.floor(draw.uniform() * months.length * 0.8)]!;
    const own = draw.share(0.55, 0.02);
    const calls: SimulatedAgent['calls'] = {};
    for (const month of months) {
      if (draw.uniform() < 0.1) continue;
      const share = Math.min(0.97, own + (attended !== null && month > attended ? effect : 0));
      const answered = draw.calls(35);
      calls[month] = [answered, draw.binomial(answered, share)];
    }
    return {
      periods: [
        { municipalityCode: n % 3 === 0 ? '615' : '751', startOn: `${addMonths(from, -(n % 50))}-01` },
      ],
      attendedOn: attended === null ? null : `${attended}-12`,
      calls,
    };
  });
}

/** Writes agents straight into the tables, with the months their calls are of, and tells their keys. */
export async function addSimulated(tx: Tx, agents: readonly SimulatedAgent[], at: Date): Promise<void> {
  for (const agent of agents) agent.id = await addAgent(tx, agent, at);
  const figures = agents.flatMap(({ id, calls }) =>
    Object.entries(calls).map(([month, [answered, resolved]]) => ({
      agentId: id!,
      month,
      answered,
      resolved,
      warmTransferred: null,
      handlingSeconds: null,
      changedAt: at,
    })),
  );
  for (let from = 0; from < figures.length; from += 100)
    await insertRows<ResolutionFigure>(tx, 'resolution_figure', figures.slice(from, from + 100));
  const months = new Set(figures.map(({ month }) => month));
  const known = await tx.query<{ month: string }[]>('SELECT month FROM resolution_month');
  for (const { month } of known) months.delete(month);
  for (const month of months)
    await tx.query('INSERT INTO resolution_month (month, importedAt, changedAt) VALUES (?, ?, ?)', [
      month,
      at.toISOString().replace('T', ' ').replace('Z', ''),
      at.toISOString().replace('T', ' ').replace('Z', ''),
    ]);
}

let counter = 0;

async function addAgent(tx: Tx, agent: SimulatedAgent, at: Date): Promise<number> {
  counter += 1;
  const email = `hemmelig.person.${counter}@indsigt.test`;
  const registeredAt = agent.registeredAt ? new Date(agent.registeredAt) : at;
  const personId = await insertRow(tx, 'person', {
    firstName: 'Hemmelig',
    lastName: `Person ${counter}`,
    nameSortKey: `person ${counter}`,
    email,
    emailKey: email,
    phone: null,
    language: 'da',
    passwordHash: null,
    isDemo: false,
    createdAt: at,
    deactivatedAt: null,
    erasedAt: null,
    version: 1,
  });
  const agentId = await insertRow(tx, 'agent', {
    personId,
    phoneSystemId: null,
    onboardingAttendedOn: agent.attendedOn,
    createdAt: at,
    version: 1,
  });
  for (const { municipalityCode, startOn, endOn = null } of agent.periods)
    await insertRow(tx, 'employment', {
      agentId,
      openAgentId: endOn === null ? agentId : null,
      municipalityCode,
      leaderId: null,
      kind: agent.kind ?? 'existing',
      startOn,
      effectiveFromOn: startOn,
      endOn,
      endReason: endOn === null ? null : 'transferred',
      firstShiftOn: null,
      createdAt: registeredAt,
    });
  if (agent.completedAt !== undefined) await addEnrolment(tx, personId, agent, registeredAt);
  return agentId;
}

async function addEnrolment(tx: Tx, personId: number, agent: SimulatedAgent, at: Date): Promise<void> {
  const [course] = await tx.query<{ id: number }[]>(
    "SELECT MIN(id) AS id FROM course WHERE audience = 'agent'",
  );
  const completedAt = agent.completedAt ? new Date(agent.completedAt) : null;
  const enrolmentId = await insertRow(tx, 'enrolment', {
    reference: `indsigt${String(counter).padStart(25, '0')}`,
    personId,
    courseId: course!.id,
    state: completedAt ? 'completed' : 'not_started',
    success: null,
    scoreScaled: agent.score ?? null,
    begunAt: null,
    completedAt,
    source: null,
    enrolledOn: at.toISOString().slice(0, 10),
    facts: '{}',
    retakeVersionId: null,
    createdAt: at,
    version: 1,
  });
  if (completedAt && agent.seconds)
    await insertRow(tx, 'completion_event', {
      enrolmentId,
      occurredAt: completedAt,
      completion: 'completed',
      success: null,
      scoreScaled: agent.score ?? null,
      seconds: agent.seconds,
      source: 'test',
      attemptId: null,
      inboxMessageId: null,
      note: null,
      recordedByPersonId: null,
      annulledAt: null,
    });
}
