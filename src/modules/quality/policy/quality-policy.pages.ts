import { Body, Controller, Get, Post, Req } from '@nestjs/common';
import { Roles } from '../../../common/access/access.decorator.js';
import { Current } from '../../../common/access/current.decorator.js';
import type { Principal } from '../../../common/access/principal.js';
import { seesAll } from '../../../common/access/scope.js';
import type { AppRequest } from '../../../common/http/app-request.js';
import { blankForm, formWithErrors, type FormModel } from '../../../web/forms/form.js';
import { requestLanguage } from '../../../web/i18n/request-language.js';
import { Page } from '../../../web/render/page.decorator.js';
import { PageReply, SeeOther } from '../../../web/render/page-reply.js';
import { percentOf } from './policy.rules.js';
import type { PolicyView } from './policy.schemas.js';
import { isStale, policyValues, readPolicy } from './quality-policy.form.js';
import { QualityPolicyQueries } from './quality-policy.queries.js';
import { QualityPolicyService } from './quality-policy.service.js';

/** The policy in plain words, with its history; leaders read it, the secretariat decides it. */
@Controller('kvalitet/politik')
export class QualityPolicyPages {
  constructor(
    private readonly queries: QualityPolicyQueries,
    private readonly service: QualityPolicyService,
  ) {}

  @Get()
  @Roles('secretariat', 'leader')
  @Page('quality/policy')
  show(@Current() principal: Principal, @Req() request: AppRequest) {
    return this.model(principal, request);
  }

  @Post()
  @Roles('secretariat')
  @Page('quality/policy')
  async decide(@Body() body: unknown, @Current() principal: Principal, @Req() request: AppRequest) {
    try {
      await this.service.decide(readPolicy(body), principal.personId);
      return new SeeOther('/kvalitet/politik?done=quality_policy_decided');
    } catch (error) {
      const form = formWithErrors(body, error, requestLanguage(request));
      return new PageReply(await this.model(principal, request, form), isStale(error) ? 409 : 400);
    }
  }

  private async model(principal: Principal, request: AppRequest, form?: FormModel) {
    const policy = await this.queries.current();
    return {
      policy: inWords(policy),
      form: form ?? blankForm(policyValues(policy, requestLanguage(request))),
      // A form that is shown again is about what is in force now.
      version: policy.version,
      versions: (await this.queries.versions()).map(inWords),
      mayDecide: seesAll(principal),
      choices: ['not', 'counts'],
    };
  }
}

function inWords(policy: PolicyView) {
  return { ...policy, percent: percentOf(policy.threshold) };
}
