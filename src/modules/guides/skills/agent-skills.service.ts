import { Injectable } from '@nestjs/common';
import type { Scope } from '../../../common/access/scope.js';
import { DomainError } from '../../../common/domain-error.js';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import { SkillService } from '../skill.service.js';
import { SkillQueries } from './skill.queries.js';

/** Changes on which subjects an agent answers calls, by those who may. */
@Injectable()
export class AgentSkillsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly queries: SkillQueries,
    private readonly skills: SkillService,
  ) {}

  /**
   * Replaces an agent's skills; gives them in lower case, sorted, each once.
   * @throws DomainError `not_found` for an agent whom the caller does not lead
   */
  replace(scope: Scope, agentId: number, skills: readonly string[], byPersonId: number): Promise<string[]> {
    return this.unitOfWork.run(async (tx) => {
      if (!(await this.queries.changeable(scope, agentId, tx)))
        throw new DomainError('not_found', 'not_found');
      return this.skills.replaceWithin(tx, agentId, skills, byPersonId);
    });
  }
}
