import { Controller, Get, Inject, Query } from '@nestjs/common';
import { z } from 'zod';
import { Roles } from '../../../common/access/access.decorator.js';
import { Current } from '../../../common/access/current.decorator.js';
import type { Principal } from '../../../common/access/principal.js';
import { scopeOf, seesAll } from '../../../common/access/scope.js';
import { Clock } from '../../../common/clock.js';
import { localDate, municipalityCode } from '../../../common/fields.js';
import { addDays, instantAt, localDateOf, type LocalDate } from '../../../common/local-date.js';
import { ENV, type Env } from '../../../config/env.js';
import { queryString } from '../../../web/query-string.js';
import { Page } from '../../../web/render/page.decorator.js';
import { MunicipalityQueries } from '../../municipalities/index.js';
import { PlanAge } from '../plan-age.js';
import { mondayOf, shiftsByDay } from './shift-days.rules.js';
import { ShiftQueries } from './shift.queries.js';

const query = z.object({
  fra: localDate.optional().catch(undefined),
  vis: z.enum(['dag', 'uge']).default('uge').catch('uge'),
  municipality: municipalityCode.optional().catch(undefined),
  agent: z.coerce.number().int().min(1).max(2_147_483_647).optional().catch(undefined),
  q: z.string().max(100).optional().catch(undefined),
  cursor: z.string().max(500).optional(),
});
const A_PAGE = 100;

/** The shift plan by day or week. */
@Controller('vagter')
@Roles('secretariat', 'leader')
export class ShiftListPages {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly shifts: ShiftQueries,
    private readonly age: PlanAge,
    private readonly municipalities: MunicipalityQueries,
  ) {}

  @Get()
  @Page('shifts/list')
  async list(@Query({ schema: query }) asked: z.output<typeof query>, @Current() principal: Principal) {
    const today = localDateOf(this.clock.now(), this.env.TZ_NAME);
    const filter = { ...asked, q: asked.q?.trim() || undefined };
    const { first, days } = this.period(filter, today);
    const page = await this.shifts.list(scopeOf(principal), {
      from: instantAt(first, '00:00', this.env.TZ_NAME),
      to: instantAt(addDays(first, days), '00:00', this.env.TZ_NAME),
      municipality: filter.municipality,
      agentId: filter.agent,
      q: filter.q,
      limit: A_PAGE,
      cursor: filter.cursor,
    });
    const at = (fra: LocalDate | undefined, more: object = {}) =>
      queryString({ ...filter, fra, cursor: undefined, ...more });
    const isSecretariat = seesAll(principal);
    return {
      filter: { ...filter, fra: first },
      isWeek: filter.vis === 'uge',
      first,
      last: addDays(first, days - 1),
      days: shiftsByDay(page.items, this.env.TZ_NAME),
      isFiltered: Boolean(filter.municipality || filter.agent || filter.q),
      links: {
        before: at(addDays(first, -days)),
        after: at(addDays(first, days)),
        today: at(undefined),
        week: at(first, { vis: undefined }),
        day: at(first < today && today < addDays(first, days) ? today : first, { vis: 'dag' }),
      },
      firstQuery: filter.cursor && at(first),
      nextQuery: page.nextCursor && at(first, { cursor: page.nextCursor }),
      municipalities: isSecretariat ? await this.municipalities.presentAndComing(today) : [],
      isSecretariat,
      age: await this.age.now(),
    };
  }

  private period({ fra, vis }: z.output<typeof query>, today: LocalDate) {
    const on = fra ?? today;
    return vis === 'uge' ? { first: mondayOf(on), days: 7 } : { first: on, days: 1 };
  }
}
