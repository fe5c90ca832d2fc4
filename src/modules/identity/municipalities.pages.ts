import { Body, Controller, Get, Inject, Param, Post, Req } from '@nestjs/common';
import { z } from 'zod';
import { Roles } from '../../common/access/access.decorator.js';
import { Current } from '../../common/access/current.decorator.js';
import type { Principal } from '../../common/access/principal.js';
import { Clock } from '../../common/clock.js';
import { randomToken } from '../../common/crypto.js';
import { DomainError } from '../../common/domain-error.js';
import { id, localDate, municipalityCode } from '../../common/fields.js';
import type { AppRequest } from '../../common/http/app-request.js';
import { idempotentCall } from '../../common/http/idempotent.decorator.js';
import { localDateOf } from '../../common/local-date.js';
import { ENV, type Env } from '../../config/env.js';
import { blankForm, formKey, formWithErrors, parseForm, type FormModel } from '../../web/forms/form.js';
import { requestLanguage } from '../../web/i18n/request-language.js';
import { Page } from '../../web/render/page.decorator.js';
import { PageReply, SeeOther } from '../../web/render/page-reply.js';
import { MunicipalityQueries, MunicipalityService } from '../municipalities/index.js';
import { FirstLeaderService } from './first-leader.service.js';
import { PeopleQueries } from './people.queries.js';

const membershipForm = z.object({ from: localDate, to: localDate.optional() });
const endForm = z.object({ to: localDate.nullable().default(null) });
const leaderForm = z.object({ primaryLeaderId: id });
const PATH = '/indstillinger/kommuner';

/** The secretariat's pages about municipalities: memberships and first leaders. */
@Controller('indstillinger/kommuner')
@Roles('secretariat')
export class MunicipalitiesPages {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly municipalities: MunicipalityQueries,
    private readonly service: MunicipalityService,
    private readonly people: PeopleQueries,
    private readonly firstLeaders: FirstLeaderService,
  ) {}

  @Get()
  @Page('identity/municipalities')
  async list() {
    const all = await this.municipalities.list(this.today());
    const leaders = new Map((await this.people.leaders()).map((leader) => [leader.personId, leader]));
    const rows = all.map((row) => {
      const first = row.primaryLeaderId === null ? undefined : leaders.get(row.primaryLeaderId);
      return { ...row, firstLeader: first ? `${first.firstName} ${first.lastName}` : null };
    });
    return { members: rows.filter((row) => row.isMember), others: rows.filter((row) => !row.isMember) };
  }

  @Get(':code')
  @Page('identity/municipality')
  show(@Param('code', { schema: municipalityCode }) code: string) {
    return this.model(code);
  }

  @Post(':code/medlemskaber')
  @Page('identity/municipality')
  async addMembership(
    @Param('code', { schema: municipalityCode }) code: string,
    @Body() body: unknown,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    try {
      const { from, to } = parseForm(membershipForm, body);
      const call = idempotentCall(request, formKey(body));
      await this.service.addMembership({ code, from, to: to ?? null }, principal.personId, call);
      return new SeeOther(`${PATH}/${code}?done=membership_added`);
    } catch (error) {
      return new PageReply(
        await this.model(code, formWithErrors(body, error, requestLanguage(request))),
        400,
      );
    }
  }

  @Post(':code/medlemskaber/:membership')
  @Page('identity/municipality')
  async endMembership(
    @Param('code', { schema: municipalityCode }) code: string,
    @Param('membership', { schema: id }) membershipId: number,
    @Body() body: unknown,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    try {
      const { to } = parseForm(endForm, body);
      await this.service.endMembership(code, membershipId, to, principal.personId);
      return new SeeOther(`${PATH}/${code}?done=membership_changed`);
    } catch (error) {
      const endErrors = formWithErrors(body, error, requestLanguage(request));
      return new PageReply(await this.model(code, undefined, endErrors), 400);
    }
  }

  @Post(':code/foersteleder')
  @Page('identity/municipality')
  async nameFirstLeader(
    @Param('code', { schema: municipalityCode }) code: string,
    @Body() body: unknown,
    @Current() principal: Principal,
  ) {
    const { primaryLeaderId } = parseForm(leaderForm, body);
    await this.firstLeaders.name(code, primaryLeaderId, principal.personId);
    return new SeeOther(`${PATH}/${code}?done=first_leader_named`);
  }

  private async model(code: string, form: FormModel = blankForm(), endErrors: FormModel = blankForm()) {
    const municipality = await this.municipalities.find(code, this.today());
    if (!municipality) throw new DomainError('not_found', 'not_found');
    return {
      municipality,
      pageTitle: municipality.name,
      form,
      endErrors,
      key: randomToken(),
      memberships: await this.municipalities.memberships(code),
      leaders: await this.people.leaders([code]),
    };
  }

  private today(): string {
    return localDateOf(this.clock.now(), this.env.TZ_NAME);
  }
}
