import { Body, Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import { z } from 'zod';
import { Roles } from '../../../common/access/access.decorator.js';
import { Current } from '../../../common/access/current.decorator.js';
import type { Principal } from '../../../common/access/principal.js';
import { randomToken } from '../../../common/crypto.js';
import { DomainError } from '../../../common/domain-error.js';
import { id } from '../../../common/fields.js';
import type { AppRequest } from '../../../common/http/app-request.js';
import { idempotentCall } from '../../../common/http/idempotent.decorator.js';
import { formKey, formWithErrors } from '../../../web/forms/form.js';
import { formatMonth } from '../../../web/format.js';
import { requestLanguage } from '../../../web/i18n/request-language.js';
import { Page } from '../../../web/render/page.decorator.js';
import { PageReply, SeeOther } from '../../../web/render/page-reply.js';
import type { Month } from '../month.rules.js';
import { month } from '../month.schema.js';
import type { ClosingChoice } from './closing-choice.rules.js';
import { ClosingConfirmation } from './closing-confirmation.js';
import { carried, readChoice, readClosing } from './closing-form.js';
import { ClosingUndoService } from './closing-undo.service.js';
import { MonthClosingService } from './month-closing.service.js';
import { MonthPageModel } from './month-page.model.js';

const pageQuery = z.object({ cursor: z.string().max(500).optional(), done: z.string().optional() });
const pathOf = (which: Month) => `/kvalitet/maaneder/${which}`;

/** The preview of a month, its closing in two steps, and the way back. */
@Controller('kvalitet/maaneder/:month')
@Roles('secretariat')
export class MonthPages {
  constructor(
    private readonly model: MonthPageModel,
    private readonly confirmation: ClosingConfirmation,
    private readonly service: MonthClosingService,
    private readonly undoing: ClosingUndoService,
  ) {}

  @Get()
  @Page('quality/month')
  show(
    @Param('month', { schema: month }) which: Month,
    @Query({ schema: pageQuery }) { cursor }: z.output<typeof pageQuery>,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    return this.model.of(which, { principal, language: requestLanguage(request), cursor });
  }

  @Post('valg')
  @Page('quality/closing')
  async choose(
    @Param('month', { schema: month }) which: Month,
    @Body() body: unknown,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    const language = requestLanguage(request);
    try {
      const fields = readChoice(body);
      const choice = await this.confirmation.choice(which, fields);
      if (fields.step === 'confirm') return await this.confirm(which, choice, principal.personId, language);
      const model = await this.model.of(which, { principal, language, cursor: fields.next, choice });
      return new PageReply(model, 200, 'quality/month');
    } catch (error) {
      return this.again(which, body, principal, request, error);
    }
  }

  @Post('luk')
  @Page('quality/month')
  async close(
    @Param('month', { schema: month }) which: Month,
    @Body() body: unknown,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    try {
      const call = idempotentCall(request, formKey(body));
      await this.service.close(which, readClosing(body), principal.personId, call);
      return new SeeOther(`${pathOf(which)}?done=month_closed`);
    } catch (error) {
      return this.again(which, {}, principal, request, error);
    }
  }

  @Post('lukninger/:closing/fortryd')
  @Page('quality/month')
  async undo(
    @Param('month', { schema: month }) which: Month,
    @Param('closing', { schema: id }) closingId: number,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    try {
      await this.undoing.undo(closingId, principal.personId);
      return new SeeOther(`${pathOf(which)}?done=closing_undone`);
    } catch (error) {
      return this.again(which, {}, principal, request, error);
    }
  }

  private async confirm(which: Month, choice: ClosingChoice, byPersonId: number, language: string) {
    const planned = await this.confirmation.plan(which, choice, byPersonId);
    return {
      month: which,
      pageTitle: formatMonth(which, language),
      ...planned,
      carried: carried(choice),
      key: randomToken(),
    };
  }

  /** The preview with what went wrong, and with the ticks and reasons that were sent. */
  private async again(
    which: Month,
    body: unknown,
    principal: Principal,
    request: AppRequest,
    error: unknown,
  ) {
    const language = requestLanguage(request);
    const form = formWithErrors(body, error, language);
    const cursor = form.values['cursor'] || undefined;
    const model = await this.model.of(which, { principal, language, cursor, form });
    const isConflict = error instanceof DomainError && error.kind === 'conflict';
    return new PageReply(model, isConflict ? 409 : 400, 'quality/month');
  }
}
