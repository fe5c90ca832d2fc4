import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Roles, RolesOrLink } from '../../../common/access/access.decorator.js';
import { Current } from '../../../common/access/current.decorator.js';
import type { Principal } from '../../../common/access/principal.js';
import { scopeOf } from '../../../common/access/scope.js';
import { DomainError } from '../../../common/domain-error.js';
import { id } from '../../../common/fields.js';
import { agentSkills } from '../guides.schemas.js';
import { AgentSkillsService } from './agent-skills.service.js';
import { SkillQueries } from './skill.queries.js';

const skillsView = z.object({ agentId: z.number(), skills: z.array(z.string()) });

/** On which subjects agents answer calls: guides may be meant for those who answer on one. */
@ApiTags('guides')
@Controller('api/v1/agents/:id/skills')
export class SkillsController {
  constructor(
    private readonly service: AgentSkillsService,
    private readonly queries: SkillQueries,
  ) {}

  /** The skills of an agent who is employed now. */
  @Get()
  @RolesOrLink('secretariat', 'leader', 'agent')
  @ApiOkResponse({ standardSchema: skillsView })
  async show(@Param('id', { schema: id }) agentId: number, @Current() principal: Principal) {
    const agent = await this.queries.find(scopeOf(principal), agentId);
    if (!agent) throw new DomainError('not_found', 'not_found');
    return { agentId, skills: agent.skills };
  }

  /** Replaces them. */
  @Put()
  @Roles('secretariat', 'leader')
  @ApiOkResponse({ standardSchema: skillsView })
  async replace(
    @Param('id', { schema: id }) agentId: number,
    @Body({ schema: agentSkills }) body: z.output<typeof agentSkills>,
    @Current() principal: Principal,
  ) {
    const skills = await this.service.replace(scopeOf(principal), agentId, body.skills, principal.personId);
    return { agentId, skills };
  }
}
