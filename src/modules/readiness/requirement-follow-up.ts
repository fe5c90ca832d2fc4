import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Tx } from '../../database/unit-of-work.js';
import { AgentLifecycle, type AgentEvent, type AgentJoined } from '../agents/index.js';
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
    this.lifecycle.listen(30, {
      joined: (tx, event) => (event.isNew ? this.welcome(tx, event) : follow(tx, event)),
      departed: follow,
      moved: follow,
    });
    this.guides.listen({
      read: async (tx, { agentId, guideId }) =>
        this.writer.refresh(tx, [agentId], await this.facts.versions(tx, { guideId })),
      skillsChanged: (tx, agentId) => this.writer.refresh(tx, [agentId]),
    });
    this.shifts.listen({ changed: (tx, agentIds) => this.writer.refresh(tx, agentIds) });
  }

  /** Whoever is new has no shift, no skill and no receipt yet, and is held by having been made here. */
  private async welcome(tx: Tx, { agentId, municipalityCode }: AgentJoined): Promise<void> {
    const reader = { member: { municipalityCode, skills: [] }, receipts: [], shifts: [] };
    await this.writer.begin(tx, agentId, reader, await this.facts.versions(tx));
  }

  private async follow(tx: Tx, agentId: number): Promise<void> {
    const versions = await this.facts.versions(tx);
    if (versions.length === 0) return;
    await this.writer.hold(tx, [agentId]);
    await this.writer.refresh(tx, [agentId], await this.facts.versions(tx));
  }
}
