import { Controller, Get, Inject, Param, Query, Req } from '@nestjs/common';
import { z } from 'zod';
import { Roles } from '../../../common/access/access.decorator.js';
import { Current } from '../../../common/access/current.decorator.js';
import type { Principal } from '../../../common/access/principal.js';
import { scopeOf, seesAll } from '../../../common/access/scope.js';
import { Clock } from '../../../common/clock.js';
import { id } from '../../../common/fields.js';
import type { AppRequest } from '../../../common/http/app-request.js';
import { localDateOf } from '../../../common/local-date.js';
import { ENV, type Env } from '../../../config/env.js';
import { requestLanguage } from '../../../web/i18n/request-language.js';
import { queryString } from '../../../web/query-string.js';
import { Page } from '../../../web/render/page.decorator.js';
import { DayListQueries } from './day-list.queries.js';
import { DayModel, dayPageQuery } from './day-model.js';
import { dayStateOf } from './day-state.rules.js';

const listQuery = z.object({
  tid: z.enum(['kommende', 'tidligere']).default('kommende').catch('kommende'),
  cursor: z.string().max(500).optional(),
});
const A_PAGE = 20;

/** The list of onboarding days and the page of each. */
@Controller('onboardingdage')
@Roles('secretariat', 'leader')
export class DaysPages {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly lists: DayListQueries,
    private readonly days: DayModel,
  ) {}

  @Get()
  @Page('onboarding-days/list')
  async list(
    @Query({ schema: listQuery }) { tid, cursor }: z.output<typeof listQuery>,
    @Current() principal: Principal,
  ) {
    const today = localDateOf(this.clock.now(), this.env.TZ_NAME);
    const isPast = tid === 'tidligere';
    const scope = scopeOf(principal);
    const page = await this.lists.list(isPast ? 'past' : 'coming', today, scope, { limit: A_PAGE, cursor });
    const tab = isPast ? tid : undefined;
    return {
      isPast,
      isSecretariat: seesAll(principal),
      days: page.items.map((day) => ({ ...day, state: dayStateOf(day, today) })),
      unplaced: isPast ? 0 : await this.lists.countUnplaced(scope),
      firstQuery: cursor && queryString({ tid: tab }),
      nextQuery: page.nextCursor && queryString({ tid: tab, cursor: page.nextCursor }),
    };
  }

  @Get(':id')
  @Page('onboarding-days/day')
  show(
    @Param('id', { schema: id }) dayId: number,
    @Query({ schema: dayPageQuery }) query: z.output<typeof dayPageQuery>,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    return this.days.of(dayId, principal, requestLanguage(request), query);
  }
}
