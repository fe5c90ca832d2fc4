import { Body, Controller, Get, Param, Post, Req } from '@nestjs/common';
import { z } from 'zod';
import { Roles } from '../../common/access/access.decorator.js';
import { API_SCOPES } from '../../common/access/api-scope.js';
import { Current } from '../../common/access/current.decorator.js';
import type { Principal } from '../../common/access/principal.js';
import { randomToken } from '../../common/crypto.js';
import { id } from '../../common/fields.js';
import type { AppRequest } from '../../common/http/app-request.js';
import { idempotentCall } from '../../common/http/idempotent.decorator.js';
import { blankForm, formKey, formWithErrors, parseForm, type FormModel } from '../../web/forms/form.js';
import { requestLanguage } from '../../web/i18n/request-language.js';
import { Page } from '../../web/render/page.decorator.js';
import { PageReply, SeeOther } from '../../web/render/page-reply.js';
import { newApiToken } from './api-tokens.schemas.js';
import { ApiTokenService, type MadeApiToken } from './api-token.service.js';

const form = z.object({ ...newApiToken.shape, days: z.coerce.number().int().min(1).max(730) });

/** The secretariat's page of tokens for programs. */
@Controller('indstillinger/adgangsnoegler')
@Roles('secretariat')
export class ApiTokensPages {
  constructor(private readonly tokens: ApiTokenService) {}

  @Get()
  @Page('identity/api-tokens')
  show() {
    return this.model(blankForm({ days: '365' }));
  }

  @Post()
  @Page('identity/api-tokens')
  async make(@Body() body: unknown, @Current() principal: Principal, @Req() request: AppRequest) {
    try {
      const input = parseForm(form, body, ['scopes']);
      const made = await this.tokens.make(input, principal.personId, idempotentCall(request, formKey(body)));
      return await this.model(blankForm({ days: '365' }), made);
    } catch (error) {
      return new PageReply(await this.model(formWithErrors(body, error, requestLanguage(request))), 400);
    }
  }

  @Post(':id/tilbagekald')
  @Page('identity/api-tokens')
  async revoke(@Param('id', { schema: id }) tokenId: number, @Current() principal: Principal) {
    await this.tokens.revoke(tokenId, principal.personId);
    return new SeeOther('/indstillinger/adgangsnoegler?done=token_revoked');
  }

  private async model(shown: FormModel, made?: MadeApiToken) {
    const chosen = shown.lists?.['scopes'] ?? [];
    return {
      form: shown,
      key: randomToken(),
      made,
      scopes: API_SCOPES.map((scope) => ({ value: scope, isChosen: chosen.includes(scope) })),
      tokens: await this.tokens.list(),
    };
  }
}
