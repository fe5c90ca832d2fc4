import { Body, Controller, Get, Param, Post, Req } from '@nestjs/common';
import { Roles } from '../../common/access/access.decorator.js';
import { Current } from '../../common/access/current.decorator.js';
import type { Principal } from '../../common/access/principal.js';
import { randomToken } from '../../common/crypto.js';
import { id } from '../../common/fields.js';
import type { AppRequest } from '../../common/http/app-request.js';
import { idempotentCall } from '../../common/http/idempotent.decorator.js';
import { blankForm, formKey, formWithErrors, parseForm } from '../../web/forms/form.js';
import { requestLanguage } from '../../web/i18n/request-language.js';
import { Page } from '../../web/render/page.decorator.js';
import { PageReply, SeeOther } from '../../web/render/page-reply.js';
import { newTransferRequest } from './agent-changes.schemas.js';
import { TransferRequestQueries } from './transfer-request.queries.js';
import { TransferRequestService } from './transfer-request.service.js';

/** Asking for an agent of another municipality, and answering such a wish. */
@Controller('agenter/overflytninger')
@Roles('secretariat', 'leader')
export class TransfersPages {
  constructor(
    private readonly requests: TransferRequestService,
    private readonly queries: TransferRequestQueries,
  ) {}

  @Get()
  @Page('agents/transfers')
  show(@Current() principal: Principal) {
    return this.model(principal, blankForm());
  }

  @Post()
  @Roles('leader')
  @Page('agents/transfers')
  async request(@Body() body: unknown, @Current() principal: Principal, @Req() request: AppRequest) {
    try {
      const call = idempotentCall(request, formKey(body));
      await this.requests.request(parseForm(newTransferRequest, body), principal, call);
      return new SeeOther('/agenter/overflytninger?done=transfer_requested');
    } catch (error) {
      const form = formWithErrors(body, error, requestLanguage(request));
      return new PageReply(await this.model(principal, form), 400);
    }
  }

  @Post(':id/godkend')
  @Page('agents/transfers')
  async approve(@Param('id', { schema: id }) requestId: number, @Current() principal: Principal) {
    await this.requests.approve(requestId, principal);
    return new SeeOther('/agenter/overflytninger?done=transfer_approved');
  }

  @Post(':id/afvis')
  @Page('agents/transfers')
  async decline(@Param('id', { schema: id }) requestId: number, @Current() principal: Principal) {
    await this.requests.decline(requestId, principal);
    return new SeeOther('/agenter/overflytninger?done=transfer_declined');
  }

  private async model(principal: Principal, form = blankForm()) {
    return {
      form,
      key: randomToken(),
      mayAsk: principal.roles.includes('leader'),
      own: await this.queries.own(principal.personId),
      toDecide: await this.queries.toDecide(principal),
    };
  }
}
