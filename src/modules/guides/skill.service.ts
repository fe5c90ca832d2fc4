import { Injectable } from '@nestjs/common';
import { DomainError } from '../../common/domain-error.js';
import { execute, insertRows, lockClause, selectRows } from '../../database/sql.js';
import { UnitOfWork, type Tx } from '../../database/unit-of-work.js';
import { AuditService } from '../audit/index.js';
import type { AgentSkill } from './entities/agent-skill.entity.js';
import { GuideEvents } from './guide-events.js';

/** Keeps on which subjects agents answer calls. */
@Injectable()
export class SkillService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly events: GuideEvents,
    private readonly audit: AuditService,
  ) {}

  /**
   * Replaces an agent's skills; gives them in lower case, sorted, each once.
   * @throws DomainError `not_found`
   */
  replace(agentId: number, skills: readonly string[], byPersonId: number): Promise<string[]> {
    return this.unitOfWork.run((tx) => this.replaceWithin(tx, agentId, skills, byPersonId));
  }

  /** The same inside a unit of work. */
  async replaceWithin(
    tx: Tx,
    agentId: number,
    skills: readonly string[],
    byPersonId: number,
  ): Promise<string[]> {
    const held = await selectRows(tx, `SELECT id FROM agent WHERE id = ?${lockClause(tx)}`, [agentId]);
    if (held.length === 0) throw new DomainError('not_found', 'not_found');
    const wanted = [...new Set(skills.map((skill) => skill.trim().toLowerCase()))].sort();
    await execute(tx, 'DELETE FROM agent_skill WHERE agentId = ?', [agentId]);
    if (wanted.length > 0)
      await insertRows<AgentSkill>(
        tx,
        'agent_skill',
        wanted.map((skill) => ({ agentId, skill })),
      );
    await this.events.skillsChanged(tx, agentId);
    await this.audit.record(tx, {
      actorPersonId: byPersonId,
      action: 'agent.skills_changed',
      subjectType: 'agent',
      subjectId: agentId,
      detail: { skills: wanted.length },
    });
    return wanted;
  }
}
