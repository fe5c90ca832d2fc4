import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AgentLifecycle, type AgentEvent } from '../agents/index.js';
import { OutboxService } from '../notifications/index.js';
import { RegistrationSeats } from '../onboarding-days/index.js';
import type { Tx } from '../../database/unit-of-work.js';
import { AgentQueries } from './agent.queries.js';
import { WelcomeService } from './welcome.service.js';

/** What onboarding does when an agent leaves or gets another address. */
@Injectable()
export class AgentFollowUp implements OnModuleInit {
  constructor(
    private readonly lifecycle: AgentLifecycle,
    private readonly outbox: OutboxService,
    private readonly agents: AgentQueries,
    private readonly seats: RegistrationSeats,
    private readonly welcome: WelcomeService,
  ) {}

  onModuleInit(): void {
    this.lifecycle.listen(10, {
      departed: (tx, event) => this.stop(tx, event),
      emailChanged: (tx, event) => this.welcomeAgain(tx, event),
    });
  }

  /** Nobody is welcomed or reminded who has left. */
  private async stop(tx: Tx, { agentId, personId }: AgentEvent): Promise<void> {
    await this.outbox.cancelAbout(tx, 'welcome', { type: 'agent', id: agentId });
    await this.outbox.cancelTemplateTo(tx, 'elearning-reminder', personId);
  }

  /** The mail that went to the wrong address is sent to the right one; those who were never written to are not now. */
  private async welcomeAgain(tx: Tx, { agentId }: AgentEvent): Promise<void> {
    const agent = await this.agents.find({ kind: 'all' }, agentId, tx);
    if (agent?.kind === 'new') await this.welcome.send(tx, agent, await this.seats.of(tx, agentId));
  }
}
