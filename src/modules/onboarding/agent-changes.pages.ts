import { Body, Controller, Get, Param, Post, Req } from '@nestjs/common';
import { Roles } from '../../common/access/access.decorator.js';
import { Current } from '../../common/access/current.decorator.js';
import type { Principal } from '../../common/access/principal.js';
import { scopeOf } from '../../common/access/scope.js';
import { DomainError } from '../../common/domain-error.js';
import { id } from '../../common/fields.js';
import type { AppRequest } from '../../common/http/app-request.js';
import { idempotentCall } from '../../common/http/idempotent.decorator.js';
import { blankForm, formKey, formWithErrors, parseForm, type FormModel } from '../../web/forms/form.js';
import { requestLanguage } from '../../web/i18n/request-language.js';
import { Page } from '../../web/render/page.decorator.js';
import { PageReply, SeeOther } from '../../web/render/page-reply.js';
import { DepartureService, newDeparture, newTransferForm, TransferService } from '../agents/index.js';
import { agentForm } from './agent-changes.schemas.js';
import { AgentChangesService } from './agent-changes.service.js';
import { AgentModel } from './agent-model.js';
import { AgentQueries, type AgentRow } from './agent.queries.js';
import { RegistrationChoices } from './registration-choices.js';

/** Editing an agent, departure and transfer. */
@Controller('agenter/:id')
@Roles('secretariat', 'leader')
export class AgentChangesPages {
  constructor(
    private readonly agents: AgentQueries,
    private readonly changes: AgentChangesService,
    private readonly departures: DepartureService,
    private readonly transfers: TransferService,
    private readonly model: AgentModel,
    private readonly choices: RegistrationChoices,
  ) {}

  @Get('ret')
  @Page('onboarding/edit-agent')
  edit(@Param('id', { schema: id }) agentId: number, @Current() principal: Principal) {
    return this.editModel(agentId, principal);
  }

  @Post('ret')
  @Page('onboarding/edit-agent')
  async save(
    @Param('id', { schema: id }) agentId: number,
    @Body() body: unknown,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    try {
      await this.changes.change(agentId, parseForm(agentForm, body), principal);
      return new SeeOther(`/agenter/${agentId}?done=agent_changed`);
    } catch (error) {
      const form = formWithErrors(body, error, requestLanguage(request));
      return new PageReply(await this.editModel(agentId, principal, form), 400);
    }
  }

  @Post('fratraeder')
  @Page('onboarding/agent')
  async depart(
    @Param('id', { schema: id }) agentId: number,
    @Body() body: unknown,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    try {
      const call = idempotentCall(request, formKey(body));
      const { state } = await this.departures.depart(
        agentId,
        parseForm(newDeparture, body).on,
        principal,
        call,
      );
      return new SeeOther(
        `/agenter/${agentId}?done=${state === 'planned' ? 'agent_departure_planned' : 'agent_departed'}`,
      );
    } catch (error) {
      const departure = formWithErrors(body, error, requestLanguage(request));
      return new PageReply(
        await this.model.of(agentId, principal, requestLanguage(request), { departure }),
        400,
      );
    }
  }

  @Post('fratraeder/fortryd')
  @Page('onboarding/agent')
  async stay(@Param('id', { schema: id }) agentId: number, @Current() principal: Principal) {
    await this.departures.cancel(agentId, principal);
    return new SeeOther(`/agenter/${agentId}?done=departure_cancelled`);
  }

  @Post('flyt')
  @Roles('secretariat')
  @Page('onboarding/agent')
  async transfer(
    @Param('id', { schema: id }) agentId: number,
    @Body() body: unknown,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    try {
      const call = idempotentCall(request, formKey(body));
      const { state } = await this.transfers.transfer(
        agentId,
        parseForm(newTransferForm, body),
        principal,
        call,
      );
      return new SeeOther(
        `/agenter/${agentId}?done=${state === 'planned' ? 'agent_transfer_planned' : 'agent_transferred'}`,
      );
    } catch (error) {
      const transfer = formWithErrors(body, error, requestLanguage(request));
      return new PageReply(
        await this.model.of(agentId, principal, requestLanguage(request), { transfer }),
        400,
      );
    }
  }

  @Post('flyt/fortryd')
  @Roles('secretariat')
  @Page('onboarding/agent')
  async cancelTransfer(@Param('id', { schema: id }) agentId: number, @Current() principal: Principal) {
    await this.transfers.cancel(agentId, principal);
    return new SeeOther(`/agenter/${agentId}?done=transfer_cancelled`);
  }

  private async editModel(agentId: number, principal: Principal, form?: FormModel) {
    const agent = await this.agents.find(scopeOf(principal), agentId);
    if (!agent || agent.status === 'departed') throw new DomainError('not_found', 'not_found');
    const leaders = await this.choices.leaders(principal);
    return {
      agent,
      form: form ?? filled(agent),
      leaders: leaders
        .filter((leader) => leader.municipalityCode === agent.municipalityCode)
        .map((leader) => ({
          value: String(leader.personId),
          label: `${leader.firstName} ${leader.lastName}`,
        })),
    };
  }
}

function filled(agent: AgentRow): FormModel {
  const { firstName, lastName, email, language, startOn } = agent;
  return blankForm({
    firstName,
    lastName,
    email,
    language,
    startOn,
    phone: agent.phone ?? '',
    leaderId: agent.leaderId === null ? '' : String(agent.leaderId),
    firstShiftOn: agent.firstShiftOn ?? '',
    phoneSystemId: agent.phoneSystemId ?? '',
    onboardingAttendedOn: agent.onboardingAttendedOn ?? '',
    version: String(agent.version),
  });
}
