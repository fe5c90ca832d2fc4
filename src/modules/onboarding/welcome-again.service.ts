import { Injectable } from '@nestjs/common';
import type { Principal } from '../../common/access/principal.js';
import { scopeOf } from '../../common/access/scope.js';
import { DomainError } from '../../common/domain-error.js';
import { Idempotency, type IdempotentCall } from '../../database/idempotency.js';
import { AuditService } from '../audit/index.js';
import { AgentQueries } from './agent.queries.js';
import { JourneyQueries } from './journey.queries.js';
import { WelcomeService } from './welcome.service.js';

/** Sends the welcome mail once more, with a fresh link. */
@Injectable()
export class WelcomeAgainService {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly agents: AgentQueries,
    private readonly journeys: JourneyQueries,
    private readonly welcome: WelcomeService,
    private readonly audit: AuditService,
  ) {}

  /** @throws DomainError `not_found`, `agent_departed` */
  async send(
    agentId: number,
    by: Principal,
    call: IdempotentCall,
  ): Promise<{ agentId: number; state: 'queued' }> {
    const agent = await this.agents.find(scopeOf(by), agentId);
    if (!agent) throw new DomainError('not_found', 'not_found');
    if (agent.status === 'departed') throw new DomainError('agent_departed', 'conflict');
    const nextDay = await this.journeys.nextDayOf(agent);
    return this.idempotency.run(call, async (tx) => {
      await this.welcome.send(tx, { ...agent, agentId, nextDay });
      await this.audit.record(tx, {
        actorPersonId: by.personId,
        action: 'agent.welcomed_again',
        subjectType: 'agent',
        subjectId: agentId,
      });
      return { agentId, state: 'queued' as const };
    });
  }
}
