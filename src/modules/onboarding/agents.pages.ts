import { Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import type { z } from 'zod';
import { Roles } from '../../common/access/access.decorator.js';
import { Current } from '../../common/access/current.decorator.js';
import type { Principal } from '../../common/access/principal.js';
import { scopeOf } from '../../common/access/scope.js';
import { id } from '../../common/fields.js';
import type { AppRequest } from '../../common/http/app-request.js';
import { idempotentCall } from '../../common/http/idempotent.decorator.js';
import { formKey } from '../../web/forms/form.js';
import { requestLanguage } from '../../web/i18n/request-language.js';
import { queryString } from '../../web/query-string.js';
import { Page } from '../../web/render/page.decorator.js';
import { SeeOther } from '../../web/render/page-reply.js';
import { AgentQueries } from './agent.queries.js';
import { AgentModel } from './agent-model.js';
import { agentPageQuery } from './agent-page-query.js';
import { LinkRevocationService } from './link-revocation.service.js';
import { RegistrationChoices } from './registration-choices.js';
import { WelcomeAgainService } from './welcome-again.service.js';

/** The list of agents and the page of each. */
@Controller('agenter')
@Roles('secretariat', 'leader')
export class AgentsPages {
  constructor(
    private readonly agents: AgentQueries,
    private readonly model: AgentModel,
    private readonly welcomes: WelcomeAgainService,
    private readonly revocations: LinkRevocationService,
    private readonly choices: RegistrationChoices,
  ) {}

  @Get()
  @Page('onboarding/agents')
  async list(
    @Query({ schema: agentPageQuery }) filter: z.output<typeof agentPageQuery>,
    @Current() principal: Principal,
  ) {
    const page = await this.agents.list(scopeOf(principal), { ...filter, limit: 25 });
    const isSecretariat = principal.roles.includes('secretariat');
    return {
      filter,
      agents: page.items,
      nextQuery: page.nextCursor && queryString({ ...filter, cursor: page.nextCursor }),
      firstQuery: filter.cursor && queryString({ ...filter, cursor: undefined }),
      isFiltered: Boolean(filter.q || filter.status || filter.municipality || filter.leaderId),
      sorts: {
        name: queryString({ ...filter, sort: 'name', cursor: undefined }),
        startOn: queryString({
          ...filter,
          sort: filter.sort === '-startOn' ? 'startOn' : '-startOn',
          cursor: undefined,
        }),
      },
      statuses: ['onboarding', 'ready', 'departed'],
      municipalities: isSecretariat ? await this.choices.municipalities() : [],
      leaders: await this.choices.leaders(principal),
    };
  }

  @Get(':id')
  @Page('onboarding/agent')
  async show(
    @Param('id', { schema: id }) agentId: number,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    return this.model.of(agentId, principal, requestLanguage(request));
  }

  @Post(':id/velkomstmail')
  @Page('onboarding/agent')
  async welcomeAgain(
    @Param('id', { schema: id }) agentId: number,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    await this.welcomes.send(agentId, principal, idempotentCall(request, formKey(request.body)));
    return new SeeOther(`/agenter/${agentId}?done=welcome_queued`);
  }

  @Post(':id/link/tilbagekald')
  @Page('onboarding/agent')
  async revokeLinks(@Param('id', { schema: id }) agentId: number, @Current() principal: Principal) {
    await this.revocations.revoke(agentId, principal);
    return new SeeOther(`/agenter/${agentId}?done=links_revoked`);
  }
}
