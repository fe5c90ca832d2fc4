import { Body, Controller, Get, Param, Post, Req } from '@nestjs/common';
import { Roles } from '../../../common/access/access.decorator.js';
import { Current } from '../../../common/access/current.decorator.js';
import type { Principal } from '../../../common/access/principal.js';
import { scopeOf } from '../../../common/access/scope.js';
import { Clock } from '../../../common/clock.js';
import { randomToken } from '../../../common/crypto.js';
import { DomainError } from '../../../common/domain-error.js';
import { id } from '../../../common/fields.js';
import type { AppRequest } from '../../../common/http/app-request.js';
import { idempotentCall } from '../../../common/http/idempotent.decorator.js';
import { blankForm, formKey, formWithErrors, parseForm, type FormModel } from '../../../web/forms/form.js';
import { requestLanguage } from '../../../web/i18n/request-language.js';
import { translator } from '../../../web/i18n/translate.js';
import { Page } from '../../../web/render/page.decorator.js';
import { PageReply, SeeOther } from '../../../web/render/page-reply.js';
import { viewOnBoard } from '../board/board-model.js';
import { ShiftNames } from '../board/shift-names.js';
import { ShiftReadinessQueries } from '../board/shift-readiness.queries.js';
import { OVERRIDE_REASONS } from './override.rules.js';
import { overrideForm } from './override.schemas.js';
import { OverrideService } from './override.service.js';

/** A shift with what is missing, and the exception that somebody may make for it. */
@Controller('vagtklar/vagter/:id')
@Roles('secretariat', 'leader')
export class OverridePages {
  constructor(
    private readonly clock: Clock,
    private readonly shifts: ShiftReadinessQueries,
    private readonly names: ShiftNames,
    private readonly overrides: OverrideService,
  ) {}

  @Get()
  @Page('readiness/shift')
  show(
    @Param('id', { schema: id }) shiftId: number,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    return this.model(shiftId, principal, request, blankForm());
  }

  @Post('undtagelse')
  @Page('readiness/shift')
  async make(
    @Param('id', { schema: id }) shiftId: number,
    @Body() body: unknown,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    try {
      const fields = parseForm(overrideForm, body);
      await this.overrides.make({ shiftId, ...fields }, principal, idempotentCall(request, formKey(body)));
      return new SeeOther(`/vagtklar/vagter/${shiftId}?done=override_made`);
    } catch (error) {
      const form = formWithErrors(body, error, requestLanguage(request));
      return new PageReply(await this.model(shiftId, principal, request, form), 400);
    }
  }

  @Post('undtagelse/:override/fortryd')
  @Page('readiness/shift')
  async takeBack(
    @Param('id', { schema: id }) shiftId: number,
    @Param('override', { schema: id }) overrideId: number,
    @Current() principal: Principal,
  ) {
    await this.overrides.takeBack(overrideId, principal);
    return new SeeOther(`/vagtklar/vagter/${shiftId}?done=override_taken_back`);
  }

  private async model(shiftId: number, principal: Principal, request: AppRequest, form: FormModel) {
    const found = await this.shifts.find(scopeOf(principal), shiftId);
    if (!found) throw new DomainError('not_found', 'not_found');
    const [named] = await this.names.add([found]);
    const t = translator(requestLanguage(request));
    const shift = viewOnBoard(named!, t);
    return {
      pageTitle: shift.name,
      shift,
      form,
      key: randomToken(),
      mayOverride: shift.state === 'not_ready' && shift.endsAt > this.clock.now(),
      reasons: OVERRIDE_REASONS.map((reason) => ({
        value: reason,
        label: t(`readiness.override.${reason}`),
      })),
    };
  }
}
