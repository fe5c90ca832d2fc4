import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query, Req } from '@nestjs/common';
import { ApiAcceptedResponse, ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Roles, RolesOrLink, Scoped } from '../../common/access/access.decorator.js';
import { Current } from '../../common/access/current.decorator.js';
import type { Principal } from '../../common/access/principal.js';
import { scopeOf } from '../../common/access/scope.js';
import { DomainError } from '../../common/domain-error.js';
import { id, municipalityCode } from '../../common/fields.js';
import type { AppRequest } from '../../common/http/app-request.js';
import { Idempotent } from '../../common/http/idempotent.decorator.js';
import { pageQuery } from '../../common/pagination.js';
import type { IdempotentCall } from '../../database/idempotency.js';
import { requestLanguage } from '../../web/i18n/request-language.js';
import { translator } from '../../web/i18n/translate.js';
import { agentChanges } from './agent-changes.schemas.js';
import { AgentChangesService } from './agent-changes.service.js';
import { AgentQueries } from './agent.queries.js';
import { agentListed, agentView, journeyView, viewAgent, viewJourney } from './agent-view.js';
import { JourneyQueries } from './journey.queries.js';
import { registerAgent } from './registration.schemas.js';
import { RegistrationService } from './registration.service.js';
import { WelcomeAgainService } from './welcome-again.service.js';

const agentListQuery = z.strictObject({
  q: z.string().max(200).optional(),
  municipality: municipalityCode.optional(),
  status: agentListed.shape.status.optional(),
  leaderId: id.optional(),
  sort: z.enum(['name', 'startOn', '-startOn']).default('name'),
  ...pageQuery,
});

/** Agents: registration, list and journey. */
@ApiTags('agents')
@Controller('api/v1/agents')
export class AgentsController {
  constructor(
    private readonly registration: RegistrationService,
    private readonly welcomes: WelcomeAgainService,
    private readonly changes: AgentChangesService,
    private readonly agents: AgentQueries,
    private readonly journeys: JourneyQueries,
  ) {}

  /** Registers an agent; the welcome mail with the e-learning link goes out by itself. */
  @Post()
  @Roles('secretariat', 'leader')
  @Scoped('agents:write')
  @ApiCreatedResponse({ standardSchema: agentView })
  register(
    @Body({ schema: registerAgent }) body: z.output<typeof registerAgent>,
    @Current() principal: Principal,
    @Idempotent() call: IdempotentCall,
    @Req() request: AppRequest,
  ) {
    return this.registration.register(body, principal, call, requestLanguage(request));
  }

  /** Agents the caller may see. */
  @Get()
  @Roles('secretariat', 'leader')
  @Scoped('agents:read')
  @ApiOkResponse({
    standardSchema: z.object({ items: z.array(agentListed), nextCursor: z.string().nullable() }),
  })
  list(
    @Query({ schema: agentListQuery }) filter: z.output<typeof agentListQuery>,
    @Current() principal: Principal,
  ) {
    return this.agents.list(scopeOf(principal), filter);
  }

  /** One agent with the journey. */
  @Get(':id')
  @RolesOrLink('secretariat', 'leader', 'agent')
  @Scoped('agents:read')
  @ApiOkResponse({ standardSchema: agentView })
  async find(
    @Param('id', { schema: id }) agentId: number,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    const agent = await this.known(agentId, principal);
    return viewAgent(agent, await this.journeys.of(agent), translator(requestLanguage(request)));
  }

  /** What is done, what is missing, by when. */
  @Get(':id/journey')
  @RolesOrLink('secretariat', 'leader', 'agent')
  @Scoped('agents:read')
  @ApiOkResponse({ standardSchema: journeyView })
  async journey(
    @Param('id', { schema: id }) agentId: number,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    const agent = await this.known(agentId, principal);
    return viewJourney(await this.journeys.of(agent), translator(requestLanguage(request)));
  }

  /** Changes an agent. A corrected address ends every link and sign-in, and a new agent is welcomed again. */
  @Patch(':id')
  @Roles('secretariat', 'leader')
  @ApiOkResponse({ standardSchema: agentView })
  async change(
    @Param('id', { schema: id }) agentId: number,
    @Body({ schema: agentChanges }) body: z.output<typeof agentChanges>,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    await this.changes.change(agentId, body, principal);
    return this.find(agentId, principal, request);
  }

  /** Sends the welcome mail again, with a fresh personal link. */
  @Post(':id/welcome-mails')
  @HttpCode(202)
  @Roles('secretariat', 'leader')
  @ApiAcceptedResponse({ standardSchema: z.object({ agentId: z.number(), state: z.literal('queued') }) })
  welcomeAgain(
    @Param('id', { schema: id }) agentId: number,
    @Current() principal: Principal,
    @Idempotent() call: IdempotentCall,
  ) {
    return this.welcomes.send(agentId, principal, call);
  }

  private async known(agentId: number, principal: Principal) {
    const agent = await this.agents.find(scopeOf(principal), agentId);
    if (!agent) throw new DomainError('not_found', 'not_found');
    return agent;
  }
}
