import { Inject, Injectable } from '@nestjs/common';
import { instantAt, type LocalDate } from '../../common/local-date.js';
import { ENV, type Env } from '../../config/env.js';
import type { Tx } from '../../database/unit-of-work.js';
import { effectiveFrom, type Agent, type Employment } from '../../modules/agents/index.js';
import type { Person, RoleAssignment } from '../../modules/identity/index.js';
import { insertMany, keysBy, peopleByEmail, personRow } from './demo-writing.js';
import { FullLearning } from './full-learning.js';
import type { DemoPlan, PlannedAgent, PlannedPeriod } from './plan.js';

/** Writes agents with their periods of employment and what they have learnt. */
@Injectable()
export class FullAgents {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly learning: FullLearning,
  ) {}

  /** Some of the agents, all of whose leaders are there. */
  async write(tx: Tx, plan: DemoPlan, agents: readonly PlannedAgent[]): Promise<void> {
    await insertMany<Person>(
      tx,
      'person',
      agents.map((agent) => this.personOf(agent, plan.today)),
    );
    const people = await peopleByEmail(tx);
    await insertMany<Agent>(
      tx,
      'agent',
      agents.map(({ email, phoneSystemId, onboardingAttendedOn, periods }) => ({
        personId: people.get(email)!,
        phoneSystemId,
        onboardingAttendedOn,
        createdAt: this.at(periods[0]!.registeredOn),
        version: 1,
      })),
    );
    await this.employ(tx, plan, agents, people);
    await this.learning.write(tx, plan.today, agents, people);
  }

  private personOf(agent: PlannedAgent, today: LocalDate) {
    const last = agent.periods.at(-1)!;
    return personRow({
      ...agent,
      createdAt: this.at(agent.periods[0]!.registeredOn),
      deactivatedAt: isOver(last, today) ? this.at(last.endOn!, '23:30') : null,
    });
  }

  private async employ(
    tx: Tx,
    { today }: DemoPlan,
    agents: readonly PlannedAgent[],
    people: Map<string, number>,
  ): Promise<void> {
    const ids = await keysBy(tx, 'SELECT personId AS name, id FROM agent');
    const agentId = ({ email }: PlannedAgent) => ids.get(String(people.get(email)))!;
    await insertMany<Employment>(
      tx,
      'employment',
      agents.flatMap((agent) =>
        agent.periods.map((period, index) => ({
          agentId: agentId(agent),
          openAgentId: isOver(period, today) ? null : agentId(agent),
          municipalityCode: period.municipalityCode,
          leaderId: people.get(period.leaderEmail)!,
          kind: period.kind,
          startOn: period.startOn,
          effectiveFromOn: effectiveFrom(
            period.startOn,
            period.registeredOn,
            agent.periods[index - 1]?.endOn ?? null,
          ),
          endOn: period.endOn,
          endReason: period.endReason,
          firstShiftOn: period.firstShiftOn,
          createdAt: this.at(period.registeredOn),
        })),
      ),
    );
    await insertMany<RoleAssignment>(
      tx,
      'role_assignment',
      agents
        .filter(({ periods }) => !isOver(periods.at(-1)!, today))
        .map((agent) => ({
          personId: people.get(agent.email)!,
          role: 'agent' as const,
          municipalityCode: null,
          deputyId: null,
          agentId: agentId(agent),
        })),
    );
  }

  private at(on: LocalDate, time: `${number}:${number}` = '10:00'): Date {
    return instantAt(on, time, this.env.TZ_NAME);
  }
}

/** Whether the last day has passed; a departure that is still to come leaves the period open. */
export function isOver({ endOn }: PlannedPeriod, today: LocalDate): boolean {
  return endOn !== null && endOn < today;
}
