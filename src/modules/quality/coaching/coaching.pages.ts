import { Body, Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import { z } from 'zod';
import { Roles } from '../../../common/access/access.decorator.js';
import { Current } from '../../../common/access/current.decorator.js';
import type { Principal } from '../../../common/access/principal.js';
import { id } from '../../../common/fields.js';
import type { AppRequest } from '../../../common/http/app-request.js';
import { blankForm, formWithErrors, parseForm, type FormModel } from '../../../web/forms/form.js';
import { requestLanguage } from '../../../web/i18n/request-language.js';
import { translator } from '../../../web/i18n/translate.js';
import { queryString } from '../../../web/query-string.js';
import { Page } from '../../../web/render/page.decorator.js';
import { PageReply, SeeOther } from '../../../web/render/page-reply.js';
import { CoachGrants } from './coach-grants.service.js';
import { CoachQueries } from './coach.queries.js';
import { FEW } from './coaching-statistics.rules.js';
import { CoachingStatisticsQueries } from './coaching-statistics.queries.js';
import { TalkQueries } from './talk.queries.js';
import { workedWith } from './talk-viewer.js';

const PATH = '/kvalitet/sparring';
const query = z.object({ cursor: z.string().max(500).optional() });
const grantForm = z.object({ personId: id });

/** Talks and who may be asked to hold them; a coach who is no secretariat sees the own talks alone. */
@Controller('kvalitet/sparring')
export class CoachingPages {
  constructor(
    private readonly talks: TalkQueries,
    private readonly coaches: CoachQueries,
    private readonly grants: CoachGrants,
    private readonly statistics: CoachingStatisticsQueries,
  ) {}

  @Get()
  @Roles('secretariat', 'leader')
  @Page('quality/coaching')
  show(@Query({ schema: query }) { cursor }: z.output<typeof query>, @Current() principal: Principal) {
    return this.model(principal, blankForm(), cursor);
  }

  @Post('partnere')
  @Roles('secretariat')
  @Page('quality/coaching')
  async grant(@Body() body: unknown, @Current() principal: Principal, @Req() request: AppRequest) {
    try {
      await this.grants.grant(parseForm(grantForm, body).personId, principal.personId);
      return new SeeOther(`${PATH}?done=coach_granted`);
    } catch (error) {
      const form = formWithErrors(body, error, requestLanguage(request));
      return new PageReply(await this.model(principal, form), 400);
    }
  }

  @Post('partnere/:id/fjern')
  @Roles('secretariat')
  @Page('quality/coaching')
  async withdraw(@Param('id', { schema: id }) personId: number, @Current() principal: Principal) {
    await this.grants.withdraw(personId, principal.personId);
    return new SeeOther(`${PATH}?done=coach_withdrawn`);
  }

  private async model(principal: Principal, form: FormModel, cursor?: string) {
    const isSecretariat = principal.roles.includes('secretariat');
    const page = await this.talks.list(workedWith(principal), { limit: 25, cursor });
    return {
      form,
      isSecretariat,
      talks: page.items,
      firstQuery: cursor && queryString({}),
      nextQuery: page.nextCursor && queryString({ cursor: page.nextCursor }),
      ...(isSecretariat && (await this.secretariatModel(principal.language))),
    };
  }

  private async secretariatModel(language: string) {
    const t = translator(language);
    const absences = await this.coaches.absences();
    const coaches = await this.coaches.all();
    const grantable = await this.coaches.grantable();
    return {
      coaches: coaches.map((coach) => ({
        ...coach,
        absences: absences.filter(({ personId }) => personId === coach.personId),
      })),
      grantable: grantable.map(({ personId, name, municipalityName }) => ({
        value: String(personId),
        label: `${name} (${municipalityName})`,
      })),
      quarters: (await this.statistics.quarters()).map((row) => ({
        ...row,
        name: t('coaching.quarterName', { year: row.quarter.slice(0, 4), number: row.quarter.slice(-1) }),
      })),
      few: FEW,
    };
  }
}
