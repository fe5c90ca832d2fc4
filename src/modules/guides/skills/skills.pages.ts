import { Body, Controller, Get, Param, Post, Req } from '@nestjs/common';
import { z } from 'zod';
import { Roles } from '../../../common/access/access.decorator.js';
import { Current } from '../../../common/access/current.decorator.js';
import type { Principal } from '../../../common/access/principal.js';
import { scopeOf } from '../../../common/access/scope.js';
import { DomainError } from '../../../common/domain-error.js';
import { id, line } from '../../../common/fields.js';
import type { AppRequest } from '../../../common/http/app-request.js';
import { parseInput } from '../../../common/http/validation.js';
import { blankForm, formWithErrors, parseForm, type FormModel } from '../../../web/forms/form.js';
import { requestLanguage } from '../../../web/i18n/request-language.js';
import { Page } from '../../../web/render/page.decorator.js';
import { PageReply, SeeOther } from '../../../web/render/page-reply.js';
import { agentSkills, skill } from '../guides.schemas.js';
import { renamed } from '../../../web/forms/renamed.js';
import { AgentSkillsService } from './agent-skills.service.js';
import { chosenSkills, skillChoices } from './skill-choices.js';
import { SkillQueries } from './skill.queries.js';

const form = z.object({ skills: z.array(skill).max(50).optional(), otherSkills: line(1000).optional() });

/** A leader tells on which subjects an agent answers calls. */
@Controller('agenter/:id/emner')
@Roles('secretariat', 'leader')
export class SkillsPages {
  constructor(
    private readonly service: AgentSkillsService,
    private readonly queries: SkillQueries,
  ) {}

  @Get()
  @Page('guides/skills')
  show(@Param('id', { schema: id }) agentId: number, @Current() principal: Principal) {
    return this.model(agentId, principal);
  }

  @Post()
  @Page('guides/skills')
  async save(
    @Param('id', { schema: id }) agentId: number,
    @Body() body: unknown,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    try {
      const { skills } = this.chosen(body);
      await this.service.replace(scopeOf(principal), agentId, skills, principal.personId);
      return new SeeOther(`/agenter/${agentId}?done=skills_changed`);
    } catch (error) {
      const again = formWithErrors(body, error, requestLanguage(request));
      return new PageReply(await this.model(agentId, principal, again), 400);
    }
  }

  private chosen(body: unknown) {
    const skills = chosenSkills(parseForm(form, body, ['skills']));
    try {
      return parseInput(agentSkills, { skills });
    } catch (error) {
      throw error instanceof DomainError ? renamed(error, () => 'otherSkills') : error;
    }
  }

  private async model(agentId: number, principal: Principal, again?: FormModel) {
    const agent = await this.queries.changeable(scopeOf(principal), agentId);
    if (!agent) throw new DomainError('not_found', 'not_found');
    const shown = again ?? { ...blankForm(), lists: { skills: agent.skills } };
    return { agent, form: shown, choices: skillChoices(await this.queries.known(), shown) };
  }
}
