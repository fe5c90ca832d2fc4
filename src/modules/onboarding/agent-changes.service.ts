import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '../../common/access/principal.js';
import { scopeOf, seesAll } from '../../common/access/scope.js';
import { Clock } from '../../common/clock.js';
import { DomainError } from '../../common/domain-error.js';
import { localDateOf } from '../../common/local-date.js';
import { ENV, type Env } from '../../config/env.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { OpenEmployments } from '../agents/index.js';
import { AgentChangeWriter } from './agent-change-writer.js';
import type { AgentChanges } from './agent-changes.schemas.js';
import { agentChangeFaults } from './agent-changes.rules.js';
import { AgentQueries } from './agent.queries.js';

/** Edits agents. */
@Injectable()
export class AgentChangesService {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly agents: AgentQueries,
    private readonly employments: OpenEmployments,
    private readonly writer: AgentChangeWriter,
  ) {}

  /**
   * Changes an agent who is still there. A corrected address ends every link and sign-in, and a new agent is welcomed again.
   * @throws DomainError `not_found`, `agent_departed`, `stale_version`, `invalid_registration` naming the fields,
   * `email_taken`, `phone_system_id_taken`, `agent_is_user`
   */
  async change(agentId: number, changes: AgentChanges, by: Principal): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const open = await this.employments.lock(tx, scopeOf(by), agentId);
      const before = await this.agents.find({ kind: 'all' }, agentId, tx);
      if (!before) throw new DomainError('not_found', 'not_found');
      const today = localDateOf(this.clock.now(), this.env.TZ_NAME);
      const faults = agentChangeFaults(before, changes, today);
      if (faults.length > 0) throw new DomainError('invalid_registration', 'rule', { faults });
      await this.writer.agent(tx, before, changes);
      await this.writer.person(tx, before, changes, seesAll(by));
      await this.writer.employment(tx, open, changes, today);
      await this.writer.note(tx, before, changes, by);
      if (changes.email !== undefined && changes.email !== before.email)
        await this.writer.address(tx, open, changes.email, today);
    });
  }
}
