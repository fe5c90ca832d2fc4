import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Tx } from '../../database/unit-of-work.js';
import { AgentLifecycle, type AgentEvent } from '../agents/index.js';
import { GuideEvents } from '../guides/index.js';
import { ShiftEvents } from '../shifts/index.js';
import { RequirementFacts } from './requirement-facts.js';
import { RequirementWriter } from './requirement-writer.js';

/** Keeps requirements right when something happens to single agents; publications are spread by `GuideSpread`. */
@Injectable()
export class RequirementFollowUp implements OnModuleInit {
  constructor(
    private readonly lifecycle: AgentLifecycle,
    private readonly guides: GuideEvents,
    private readonly shifts: ShiftEvents,
    private readonly facts: RequirementFacts,
    private readonly writer: RequirementWriter,
  ) {}

  onModuleInit(): void {
    const follow = (tx: Tx, { agentId }: AgentEvent) => this.follow(tx, agentId);
    // After those who take the shifts of whoever leaves out of the plan.
    this.lifecycle.listen(30, { joined: follow, departed: follow, moved: follow });
    this.guides.listen({
      read: async (tx, { agentId, guideId }) =>
        this.writer.refresh(tx, [agentId], await this.facts.versions(tx, { guideId })),
      skillsChanged: (tx, agentId) => this.writer.refresh(tx, [agentId]),
    });
    this.shifts.listen({ changed: (tx, agentIds) => this.writer.refresh(tx, agentIds) });
  }

  private async follow(tx: Tx, agentId: number): Promise<void> {
    const versions = await this.facts.versions(tx);
    if (versions.length === 0) return;
    await this.writer.hold(tx, [agentId]);
    await this.writer.refresh(tx, [agentId], await this.facts.versions(tx));
  }
}
