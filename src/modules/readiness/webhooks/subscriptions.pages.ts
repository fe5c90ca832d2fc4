import { Body, Controller, Get, Param, Post, Req } from '@nestjs/common';
import { Roles } from '../../../common/access/access.decorator.js';
import { Current } from '../../../common/access/current.decorator.js';
import type { Principal } from '../../../common/access/principal.js';
import { randomToken } from '../../../common/crypto.js';
import { id } from '../../../common/fields.js';
import type { AppRequest } from '../../../common/http/app-request.js';
import { idempotentCall } from '../../../common/http/idempotent.decorator.js';
import { blankForm, formKey, formWithErrors, parseForm, type FormModel } from '../../../web/forms/form.js';
import { requestLanguage } from '../../../web/i18n/request-language.js';
import { Page } from '../../../web/render/page.decorator.js';
import { PageReply, SeeOther } from '../../../web/render/page-reply.js';
import { SubscriptionService } from './subscription.service.js';
import { newSubscription } from './subscriptions.schemas.js';

/** The secretariat's page of programs that are told of readiness. */
@Controller('indstillinger/modtagere')
@Roles('secretariat')
export class SubscriptionsPages {
  constructor(private readonly subscriptions: SubscriptionService) {}

  @Get()
  @Page('readiness/subscriptions')
  show() {
    return this.model(blankForm({}));
  }

  @Post()
  @Page('readiness/subscriptions')
  async create(@Body() body: unknown, @Current() principal: Principal, @Req() request: AppRequest) {
    try {
      const { url } = parseForm(newSubscription, body);
      const call = idempotentCall(request, formKey(body));
      return await this.model(blankForm({}), await this.subscriptions.create(url, principal.personId, call));
    } catch (error) {
      return new PageReply(await this.model(formWithErrors(body, error, requestLanguage(request))), 400);
    }
  }

  @Post(':id/afmeld')
  @Page('readiness/subscriptions')
  async remove(@Param('id', { schema: id }) subscriptionId: number, @Current() principal: Principal) {
    await this.subscriptions.remove(subscriptionId, principal.personId);
    return new SeeOther('/indstillinger/modtagere?done=subscription_removed');
  }

  private async model(form: FormModel, made?: { secret?: string }) {
    return { form, key: randomToken(), made, subscriptions: await this.subscriptions.list() };
  }
}
