import { Body, Controller, Get, Inject, Post, Req } from '@nestjs/common';
import { Roles } from '../../common/access/access.decorator.js';
import { Current } from '../../common/access/current.decorator.js';
import type { Principal } from '../../common/access/principal.js';
import { Clock } from '../../common/clock.js';
import { randomToken } from '../../common/crypto.js';
import { DomainError } from '../../common/domain-error.js';
import type { AppRequest } from '../../common/http/app-request.js';
import { idempotentCall } from '../../common/http/idempotent.decorator.js';
import { localDateOf } from '../../common/local-date.js';
import { ENV, type Env } from '../../config/env.js';
import { blankForm, formKey, formWithErrors, parseForm, type FormModel } from '../../web/forms/form.js';
import { requestLanguage } from '../../web/i18n/request-language.js';
import { Page } from '../../web/render/page.decorator.js';
import { PageReply, SeeOther } from '../../web/render/page-reply.js';
import { RegistrationChoices } from './registration-choices.js';
import { registerAgentForm } from './registration.schemas.js';
import { RegistrationService } from './registration.service.js';

const FOLDED = ['phone', 'leaderId', 'firstShiftOn', 'phoneSystemId', 'language', 'welcomeOn'];

/** The form by which a leader registers a new agent. */
@Controller('agenter/ny')
@Roles('secretariat', 'leader')
export class RegistrationPages {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly registration: RegistrationService,
    private readonly choices: RegistrationChoices,
  ) {}

  @Get()
  @Page('onboarding/register')
  async show(@Current() principal: Principal) {
    return this.model(principal, blankForm({ language: 'da' }));
  }

  @Post()
  @Page('onboarding/register')
  async submit(@Body() body: unknown, @Current() principal: Principal, @Req() request: AppRequest) {
    try {
      const input = parseForm(registerAgentForm, body);
      const call = idempotentCall(request, formKey(body));
      const agent = await this.registration.register(input, principal, call, requestLanguage(request));
      const done = input.welcomeOn ? 'agent_registered_later' : 'agent_registered';
      return new SeeOther(`/agenter/${agent.id}?done=${done}`);
    } catch (error) {
      const form = formWithErrors(body, error, requestLanguage(request));
      const known = error instanceof DomainError ? error.options.args?.['agentId'] : undefined;
      return new PageReply({ ...(await this.model(principal, form)), knownAgentId: known }, 400);
    }
  }

  private async model(principal: Principal, form: FormModel) {
    const today = localDateOf(this.clock.now(), this.env.TZ_NAME);
    return {
      form,
      today,
      key: randomToken(),
      unfolded: FOLDED.some((field) => form.errors[field] || (field !== 'language' && form.values[field])),
      ...(await this.choices.of(principal, today)),
    };
  }
}
