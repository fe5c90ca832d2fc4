import { Controller, Get, Inject, Query, Req, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Roles, Scoped } from '../../../common/access/access.decorator.js';
import { Current } from '../../../common/access/current.decorator.js';
import type { Principal } from '../../../common/access/principal.js';
import { scopeOf } from '../../../common/access/scope.js';
import { Clock } from '../../../common/clock.js';
import type { AppRequest } from '../../../common/http/app-request.js';
import { localDateOf } from '../../../common/local-date.js';
import { ENV, type Env } from '../../../config/env.js';
import { requestLanguage } from '../../../web/i18n/request-language.js';
import { translator } from '../../../web/i18n/translate.js';
import { periodOf } from './period.js';
import { ReadinessExport } from './readiness-export.js';
import { readinessQuery, shiftReadinessView } from './readiness.schemas.js';
import { viewShift } from './readiness-view.js';
import { ShiftNames } from './shift-names.js';
import { ShiftReadinessQueries } from './shift-readiness.queries.js';

/** Who is ready for which shift. */
@ApiTags('readiness')
@Controller('api/v1/readiness')
export class ReadinessController {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly shifts: ShiftReadinessQueries,
    private readonly names: ShiftNames,
    private readonly exports: ReadinessExport,
  ) {}

  /**
   * The shifts of a period, earliest first, each with whether its agent is ready and why not; or all of them as CSV. A leader gets
   * those of agents who are employed in the own municipality on the day of the shift.
   */
  @Get()
  @Roles('secretariat', 'leader', 'agent')
  @Scoped('readiness:read')
  @ApiProduces('application/json', 'text/csv')
  @ApiOkResponse({
    standardSchema: z.object({ items: z.array(shiftReadinessView), nextCursor: z.string().nullable() }),
  })
  async list(
    @Query({ schema: readinessQuery }) { format, ...query }: z.output<typeof readinessQuery>,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    const scope = scopeOf(principal);
    const filter = { ...query, ...periodOf(query, localDateOf(this.clock.now(), this.env.TZ_NAME)) };
    const language = requestLanguage(request);
    if (format)
      return new StreamableFile(this.exports.stream(scope, filter, format, language), {
        type: 'text/csv; charset=utf-8',
        disposition: 'attachment; filename="readiness.csv"',
      });
    const page = await this.shifts.page(scope, filter);
    const t = translator(language);
    const items = (await this.names.add(page.items)).map((shift) =>
      viewShift(shift, shift.agentId === principal.agentId, t),
    );
    return { items, nextCursor: page.nextCursor };
  }
}
