import { Body, Controller, Param, Post, Req } from '@nestjs/common';
import { Roles } from '../../common/access/access.decorator.js';
import { Current } from '../../common/access/current.decorator.js';
import type { Principal } from '../../common/access/principal.js';
import { id } from '../../common/fields.js';
import type { AppRequest } from '../../common/http/app-request.js';
import { idempotentCall } from '../../common/http/idempotent.decorator.js';
import { formKey, formWithErrors, parseForm } from '../../web/forms/form.js';
import { requestLanguage } from '../../web/i18n/request-language.js';
import { Page } from '../../web/render/page.decorator.js';
import { PageReply, SeeOther } from '../../web/render/page-reply.js';
import { EnrolmentChangesService, newCompletion, newWaiver } from '../courses/index.js';
import { AgentModel } from './agent-model.js';

/** What the secretariat says about an agent's e-learning: completed elsewhere, or let off. */
@Controller('agenter/:id/forloeb/:enrolment')
@Roles('secretariat')
export class AgentCoursesPages {
  constructor(
    private readonly enrolments: EnrolmentChangesService,
    private readonly model: AgentModel,
  ) {}

  @Post('gennemfoert')
  @Page('onboarding/agent')
  async complete(
    @Param('id', { schema: id }) agentId: number,
    @Param('enrolment', { schema: id }) enrolmentId: number,
    @Body() body: unknown,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    try {
      const call = idempotentCall(request, formKey(body));
      await this.enrolments.complete(enrolmentId, parseForm(newCompletion, body), principal, call);
      return new SeeOther(`/agenter/${agentId}?done=completion_registered`);
    } catch (error) {
      const completion = formWithErrors(body, error, requestLanguage(request));
      const forms = { completion, enrolmentId };
      return new PageReply(await this.model.of(agentId, principal, requestLanguage(request), forms), 400);
    }
  }

  @Post('gennemfoert/:event/fortryd')
  @Page('onboarding/agent')
  async annul(
    @Param('id', { schema: id }) agentId: number,
    @Param('enrolment', { schema: id }) enrolmentId: number,
    @Param('event', { schema: id }) eventId: number,
    @Current() principal: Principal,
  ) {
    await this.enrolments.annul(enrolmentId, eventId, principal);
    return new SeeOther(`/agenter/${agentId}?done=completion_annulled`);
  }

  @Post('dispensation')
  @Page('onboarding/agent')
  async waive(
    @Param('id', { schema: id }) agentId: number,
    @Param('enrolment', { schema: id }) enrolmentId: number,
    @Body() body: unknown,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    const { reason } = parseForm(newWaiver, body);
    await this.enrolments.waive(enrolmentId, reason, principal, idempotentCall(request, formKey(body)));
    return new SeeOther(`/agenter/${agentId}?done=waived`);
  }

  @Post('dispensation/fortryd')
  @Page('onboarding/agent')
  async revokeWaiver(
    @Param('id', { schema: id }) agentId: number,
    @Param('enrolment', { schema: id }) enrolmentId: number,
    @Current() principal: Principal,
  ) {
    await this.enrolments.revokeWaiver(enrolmentId, principal);
    return new SeeOther(`/agenter/${agentId}?done=waiver_revoked`);
  }
}
