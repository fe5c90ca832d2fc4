import { Controller, Get, Param } from '@nestjs/common';
import { Roles } from '../../../common/access/access.decorator.js';
import { Current } from '../../../common/access/current.decorator.js';
import type { Principal } from '../../../common/access/principal.js';
import { seesAll } from '../../../common/access/scope.js';
import { id } from '../../../common/fields.js';
import { blankForm } from '../../../web/forms/form.js';
import { Page } from '../../../web/render/page.decorator.js';
import { AgentDayModel } from './agent-day-model.js';

/** One agent's seat and attendance, for the leader and the secretariat. */
@Controller('onboardingdage/agent')
@Roles('secretariat', 'leader')
export class AgentDayPages {
  constructor(private readonly model: AgentDayModel) {}

  @Get(':agentId')
  @Page('onboarding-days/agent')
  async show(@Param('agentId', { schema: id }) agentId: number, @Current() principal: Principal) {
    return {
      ...(await this.model.of(agentId, principal)),
      form: blankForm(),
      isSecretariat: seesAll(principal),
    };
  }
}
