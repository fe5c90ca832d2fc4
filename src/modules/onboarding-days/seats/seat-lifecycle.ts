import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Tx } from '../../../database/unit-of-work.js';
import { AgentLifecycle, type AgentEvent } from '../../agents/index.js';
import { SeatAllocation } from './seat-allocation.js';
import { SeatWorks } from './seat-works.js';

/** What becomes of a seat when an agent leaves, moves, or works for a shorter or longer time than was known. */
@Injectable()
export class SeatLifecycle implements OnModuleInit {
  constructor(
    private readonly lifecycle: AgentLifecycle,
    private readonly works: SeatWorks,
    private readonly allocation: SeatAllocation,
  ) {}

  onModuleInit(): void {
    const follow = (tx: Tx, event: AgentEvent) => this.follow(tx, event);
    // After those who only cancel mails: a seat that comes free is mailed about.
    this.lifecycle.listen(20, { departed: follow, moved: follow, periodChanged: follow });
  }

  private async follow(tx: Tx, { agentId }: AgentEvent): Promise<void> {
    await this.works.run(tx, { byPersonId: null }, (work) =>
      this.allocation.reconcile(tx, work, agentId, 'period'),
    );
  }
}
