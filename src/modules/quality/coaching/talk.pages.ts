import { Body, Controller, Get, Inject, Param, Post, Req } from '@nestjs/common';
import { z } from 'zod';
import { Roles } from '../../../common/access/access.decorator.js';
import { Current } from '../../../common/access/current.decorator.js';
import type { Principal } from '../../../common/access/principal.js';
import { id } from '../../../common/fields.js';
import type { AppRequest } from '../../../common/http/app-request.js';
import { ENV, type Env } from '../../../config/env.js';
import { formWithErrors, parseForm } from '../../../web/forms/form.js';
import { requestLanguage } from '../../../web/i18n/request-language.js';
import { Page } from '../../../web/render/page.decorator.js';
import { PageReply, SeeOther } from '../../../web/render/page-reply.js';
import { TalkChangesService } from './talk-changes.service.js';
import { atTalkFields, readArrangement } from './talk-form.js';
import { TalkModel } from './talk-model.js';

const versionForm = z.object({ version: z.coerce.number().int().min(1) });
const outcomeForm = versionForm.extend({ state: z.enum(['held', 'not_held']) });

/** A talk for its coach and the secretariat: the case as far as it is needed, the time, and what became of it. */
@Controller('kvalitet/sparring/:id')
@Roles('secretariat', 'leader')
export class TalkPages {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly model: TalkModel,
    private readonly changes: TalkChangesService,
  ) {}

  @Get()
  @Page('quality/talk')
  show(@Param('id', { schema: id }) talkId: number, @Current() principal: Principal) {
    return this.model.of(talkId, principal);
  }

  @Post('tid')
  @Page('quality/talk')
  async arrange(
    @Param('id', { schema: id }) talkId: number,
    @Body() body: unknown,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    try {
      const changes = readArrangement(body, this.env.TZ_NAME);
      await atTalkFields(() => this.changes.change(talkId, changes, principal));
      return new SeeOther(`/kvalitet/sparring/${talkId}?done=talk_arranged`);
    } catch (error) {
      const form = formWithErrors(body, error, requestLanguage(request));
      return new PageReply(await this.model.of(talkId, principal, form), 400);
    }
  }

  @Post('udfald')
  @Page('quality/talk')
  async end(
    @Param('id', { schema: id }) talkId: number,
    @Body() body: unknown,
    @Current() principal: Principal,
  ) {
    await this.changes.change(talkId, parseForm(outcomeForm, body), principal);
    return new SeeOther('/kvalitet/sparring?done=talk_outcome_noted');
  }

  @Post('aflys')
  @Page('quality/talk')
  async cancel(
    @Param('id', { schema: id }) talkId: number,
    @Body() body: unknown,
    @Current() principal: Principal,
  ) {
    const { version } = parseForm(versionForm, body);
    await this.changes.change(talkId, { version, state: 'cancelled' }, principal);
    return new SeeOther('/kvalitet/sparring?done=talk_called_off');
  }
}
