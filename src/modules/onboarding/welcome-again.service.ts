import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Principal } from '../../common/access/principal.js';
import { scopeOf } from '../../common/access/scope.js';
import { DomainError } from '../../common/domain-error.js';
import { Idempotency, type IdempotentCall } from '../../database/idempotency.js';
import type { Tx } from '../../database/unit-of-work.js';
import { AuditService } from '../audit/index.js';
import { LateEnrolments } from '../courses/index.js';
import { RegistrationSeats } from '../onboarding-days/index.js';
import { AgentQueries } from './agent.queries.js';
import { WelcomeService } from './welcome.service.js';

/** Sends the welcome mail once more, with a fresh link. */
@Injectable()
export class WelcomeAgainService implements OnModuleInit {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly agents: AgentQueries,
    private readonly seats: RegistrationSeats,
    private readonly welcome: WelcomeService,
    private readonly audit: AuditService,
    private readonly late: LateEnrolments,
  ) {}

  onModuleInit(): void {
    this.late.onEnrolled((tx, personIds) => this.welcomeLate(tx, personIds));
  }

  /** Those who were welcomed before there was any e-learning are told now that there is. */
  private async welcomeLate(tx: Tx, personIds: number[]): Promise<void> {
    for (const personId of personIds) {
      const agent = await this.agents.findByPerson(personId, tx);
      if (agent) await this.welcome.send(tx, agent, await this.seats.of(tx, agent.id));
    }
  }

  /** @throws DomainError `not_found`, `agent_departed`, `agent_not_new` */
  async send(
    agentId: number,
    by: Principal,
    call: IdempotentCall,
  ): Promise<{ agentId: number; state: 'queued' }> {
    const agent = await this.agents.find(scopeOf(by), agentId);
    if (!agent) throw new DomainError('not_found', 'not_found');
    if (agent.status === 'departed') throw new DomainError('agent_departed', 'conflict');
    if (agent.kind === 'existing') throw new DomainError('agent_not_new', 'conflict');
    return this.idempotency.run(call, async (tx) => {
      await this.welcome.send(tx, agent, await this.seats.of(tx, agentId));
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
