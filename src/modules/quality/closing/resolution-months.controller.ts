import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Roles, Scoped } from '../../../common/access/access.decorator.js';
import { Current } from '../../../common/access/current.decorator.js';
import type { Principal } from '../../../common/access/principal.js';
import { Idempotent } from '../../../common/http/idempotent.decorator.js';
import type { IdempotentCall } from '../../../database/idempotency.js';
import { FigureLooks } from '../figure-looks.js';
import type { Month } from '../month.rules.js';
import { month } from '../month.schema.js';
import { ClosingMonths } from './closing-months.js';
import { closed, newClosing, type NewClosing } from './closing.schemas.js';
import { MonthClosingService } from './month-closing.service.js';
import { monthsQuery, monthView, previewQuery, previewView } from './month-preview.schemas.js';
import { MonthPreviews } from './month-previews.js';

/** Months of figures, what they lead to, and their closing. */
@ApiTags('quality')
@Controller('api/v1/resolution-months')
export class ResolutionMonthsController {
  constructor(
    private readonly months: ClosingMonths,
    private readonly previews: MonthPreviews,
    private readonly service: MonthClosingService,
    private readonly looks: FigureLooks,
  ) {}

  /** The months, latest first. */
  @Get()
  @Roles('secretariat')
  @Scoped('quality:read')
  @ApiOkResponse({
    standardSchema: z.object({ items: z.array(monthView), nextCursor: z.string().nullable() }),
  })
  list(@Query({ schema: monthsQuery }) page: z.output<typeof monthsQuery>) {
    return this.months.list(page);
  }

  /** What closing a month would do: everybody whom the rule hits, those to watch, and who would be written to. */
  @Get(':month/preview')
  @Roles('secretariat')
  @ApiOkResponse({ standardSchema: previewView })
  async preview(
    @Param('month', { schema: month }) which: Month,
    @Query({ schema: previewQuery }) page: z.output<typeof previewQuery>,
    @Current() principal: Principal,
  ) {
    const preview = await this.previews.of(which, page);
    await this.looks.record(principal, MonthPreviews.agentsIn(preview), 'preview');
    return preview;
  }

  /** Closes a month: everybody who is ticked is written to once it can no longer be undone. */
  @Post(':month/closures')
  @Roles('secretariat')
  @ApiCreatedResponse({ standardSchema: closed })
  close(
    @Param('month', { schema: month }) which: Month,
    @Body({ schema: newClosing.optional() }) body: NewClosing | undefined,
    @Current() principal: Principal,
    @Idempotent() call: IdempotentCall,
  ) {
    return this.service.close(which, body ?? { excluded: [], included: [] }, principal.personId, call);
  }
}
