import { Body, Controller, Get, Inject, Param, Post, Query, Req } from '@nestjs/common';
import { z } from 'zod';
import { Roles } from '../../../common/access/access.decorator.js';
import { Current } from '../../../common/access/current.decorator.js';
import type { Principal } from '../../../common/access/principal.js';
import { randomToken } from '../../../common/crypto.js';
import { id } from '../../../common/fields.js';
import type { AppRequest } from '../../../common/http/app-request.js';
import { idempotentCall } from '../../../common/http/idempotent.decorator.js';
import { localDateOf } from '../../../common/local-date.js';
import { ENV, type Env } from '../../../config/env.js';
import { blankForm, formKey, formWithErrors, type FormModel } from '../../../web/forms/form.js';
import { requestLanguage } from '../../../web/i18n/request-language.js';
import { Page } from '../../../web/render/page.decorator.js';
import { PageReply, SeeOther } from '../../../web/render/page-reply.js';
import { ShiftService } from '../shift.service.js';
import { PlannableAgents } from './plannable-agents.queries.js';
import { planningScope } from './planning-scope.js';
import { atShiftFields, readShift, readShiftChange, shiftValues } from './shift-form.js';
import { ShiftQueries, type ShiftRow } from './shift.queries.js';

const query = z.object({
  q: z.string().max(100).optional().catch(undefined),
  agent: id.optional().catch(undefined),
  on: z.string().max(10).optional().catch(undefined),
});
type Asked = z.output<typeof query>;
const SHOWN = 50;

/** Single shifts are planned, edited and cancelled. */
@Controller('vagter')
@Roles('secretariat', 'leader')
export class ChangeShiftPages {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly shifts: ShiftService,
    private readonly queries: ShiftQueries,
    private readonly agents: PlannableAgents,
  ) {}

  @Get('ny')
  @Page('shifts/new')
  blank(@Query({ schema: query }) asked: Asked, @Current() principal: Principal) {
    const values = { agentId: String(asked.agent ?? ''), on: asked.on ?? '' };
    return this.model(principal, blankForm(values), asked);
  }

  @Post('ny')
  @Page('shifts/new')
  async plan(@Body() body: unknown, @Current() principal: Principal, @Req() request: AppRequest) {
    try {
      const { startsAt } = await atShiftFields(async () => {
        const { shift } = readShift(body, this.env.TZ_NAME);
        const by = { personId: principal.personId, source: 'page' as const };
        return this.shifts.plan(planningScope(principal), shift, by, idempotentCall(request, formKey(body)));
      });
      return this.back(startsAt, 'shift_planned');
    } catch (error) {
      const form = formWithErrors(body, error, requestLanguage(request));
      return new PageReply(await this.model(principal, form, {}), 400);
    }
  }

  @Get(':id/ret')
  @Page('shifts/edit')
  async edit(
    @Param('id', { schema: id }) shiftId: number,
    @Query({ schema: query }) asked: Asked,
    @Current() principal: Principal,
  ) {
    const shift = await this.queries.find(planningScope(principal), shiftId);
    const values = shiftValues(shift, this.env.TZ_NAME);
    return this.model(
      principal,
      blankForm({ ...values, ...(asked.on !== undefined && { on: asked.on }) }),
      asked,
      shift,
    );
  }

  @Post(':id/ret')
  @Page('shifts/edit')
  async save(
    @Param('id', { schema: id }) shiftId: number,
    @Body() body: unknown,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    const before = await this.queries.find(planningScope(principal), shiftId);
    try {
      const { startsAt } = await atShiftFields(async () => {
        const change = readShiftChange(body, before, this.env.TZ_NAME);
        return this.shifts.change(planningScope(principal), shiftId, change, principal.personId);
      });
      return this.back(startsAt, 'shift_changed');
    } catch (error) {
      const form = formWithErrors(body, error, requestLanguage(request));
      return new PageReply(await this.model(principal, form, {}, before), 400);
    }
  }

  @Post(':id/aflys')
  @Page('shifts/edit')
  async cancel(@Param('id', { schema: id }) shiftId: number, @Current() principal: Principal) {
    const { startsAt } = await this.queries.find(planningScope(principal), shiftId);
    await this.shifts.cancel(planningScope(principal), shiftId, principal.personId);
    return this.back(startsAt, 'shift_cancelled');
  }

  private back(startsAt: string, done: string): SeeOther {
    return new SeeOther(`/vagter?fra=${localDateOf(new Date(startsAt), this.env.TZ_NAME)}&done=${done}`);
  }

  /** The agents to choose from are those of the search, and whoever is chosen already. */
  private async model(principal: Principal, form: FormModel, { q }: Asked, shift?: ShiftRow) {
    const found = await this.agents.search(planningScope(principal), q, SHOWN + 1);
    const choices = found.slice(0, SHOWN).map(({ agentId, firstName, lastName, municipalityName }) => ({
      value: String(agentId),
      label: `${firstName} ${lastName}, ${municipalityName}`,
    }));
    const chosen = form.values['agentId'];
    if (chosen && choices.every(({ value }) => value !== chosen))
      choices.unshift(...(await this.chosen(principal, chosen)));
    return { form, shift, key: randomToken(), q, choices, hasMore: found.length > SHOWN };
  }

  private async chosen(principal: Principal, agentId: string) {
    const found = /^\d{1,9}$/.test(agentId)
      ? await this.agents.find(planningScope(principal), Number(agentId))
      : undefined;
    return found
      ? [{ value: agentId, label: `${found.firstName} ${found.lastName}, ${found.municipalityName}` }]
      : [];
  }
}
