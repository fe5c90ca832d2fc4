import { Injectable } from '@nestjs/common';
import { Database } from '../../../database/database.js';
import { LeaderMailService, type LeaderMailReceiver } from '../../identity/index.js';
import type { AssessedAgent } from './assessed-month.rules.js';
import type { PreviewItem } from './closing.schemas.js';
import { figuresOf } from './assessment.rules.js';
import { bothRates } from './pooled-rate.rules.js';

/** Both mails go out to each agent that is hit: first to the agent, then to the leader. */
const MAILS: PreviewItem['mails'] = ['quality-agent', 'quality-leader'];

/** Shows agents of a preview with whom would be written to. */
@Injectable()
export class PreviewItems {
  constructor(
    private readonly database: Database,
    private readonly leaders: LeaderMailService,
  ) {}

  /** The leader of an agent as a key. */
  static officeOf({ agent }: AssessedAgent): string {
    return `${agent.employment!.municipalityCode} ${agent.employment!.leaderId}`;
  }

  /** The agents as a preview shows them. @param isClosed whether the month has been closed before */
  async of(agents: readonly AssessedAgent[], isClosed: boolean): Promise<PreviewItem[]> {
    const receivers = await this.receiversOf(agents);
    return agents.map((one) => {
      const { personId, name, employment } = one.agent;
      const leader = receivers.get(PreviewItems.officeOf(one)) ?? null;
      return {
        ...factsOf(one),
        name,
        municipalityCode: employment!.municipalityCode,
        isNewSinceClosing: isClosed && one.outcome === 'hit' && one.takenOut?.month !== lastOf(one),
        wouldBeWrittenTo: { agent: { personId, name }, leader: leader && asReceiver(leader) },
        mails: one.outcome === 'hit' ? MAILS : [],
      };
    });
  }

  /** Who takes the mails for the leaders of agents, by `officeOf`; each asked for once. */
  async receiversOf(agents: readonly AssessedAgent[]): Promise<Map<string, LeaderMailReceiver | null>> {
    const receivers = new Map<string, LeaderMailReceiver | null>();
    for (const one of agents) {
      const office = PreviewItems.officeOf(one);
      if (receivers.has(office)) continue;
      const { leaderId, municipalityCode } = one.agent.employment!;
      const source = this.database.reader.manager;
      receivers.set(office, await this.leaders.receiver(source, leaderId, municipalityCode));
    }
    return receivers;
  }
}

function factsOf(one: AssessedAgent) {
  const figures = figuresOf(one.streak, one.agent.history);
  return {
    agentId: one.agentId,
    outcome: one.outcome,
    months: one.streak.months.map((month, index) => ({ month, ...figures[index]! })),
    bridged: one.streak.bridged,
    missing: one.streak.missing,
    pooled: one.pooled,
    bothRates: bothRates(figures),
    fewCalls: one.hasFewCalls,
    tooFewToKnow: one.isTooFewToKnow,
    isTicked: one.isTicked,
    takenOut: one.takenOut,
    caseId: one.caseId,
  };
}

function asReceiver({ to, name, insteadOf }: LeaderMailReceiver) {
  return { personId: to.personId, name, insteadOf };
}

function lastOf({ streak }: AssessedAgent) {
  return streak.months.at(-1);
}
