import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Roles, RolesOrLink } from '../../../common/access/access.decorator.js';
import { Current } from '../../../common/access/current.decorator.js';
import type { Principal } from '../../../common/access/principal.js';
import { id } from '../../../common/fields.js';
import { Idempotent } from '../../../common/http/idempotent.decorator.js';
import type { IdempotentCall } from '../../../database/idempotency.js';
import { viewerOf } from '../guide-viewer.js';
import { GuideReportQueries } from './guide-report.queries.js';
import { GuideReportService } from './guide-report.service.js';
import { guideReportQuery, guideReportView, newGuideReport } from './guide-reports.schemas.js';

/** Reports that a guide was missing or wrong. */
@ApiTags('guides')
@Controller('api/v1/guide-reports')
export class GuideReportsController {
  constructor(
    private readonly reports: GuideReportService,
    private readonly queries: GuideReportQueries,
  ) {}

  /** Reports that a guide was missing, or that one is wrong. */
  @Post()
  @RolesOrLink('leader', 'agent')
  @ApiCreatedResponse({ standardSchema: z.object({ id: z.number() }) })
  report(
    @Body({ schema: newGuideReport }) body: z.output<typeof newGuideReport>,
    @Current() principal: Principal,
    @Idempotent() call: IdempotentCall,
  ) {
    const by = { personId: principal.personId, viewer: viewerOf(principal) };
    return this.reports.report(body, by, call);
  }

  /** Reports, newest first. */
  @Get()
  @Roles('secretariat')
  @ApiOkResponse({
    standardSchema: z.object({ items: z.array(guideReportView), nextCursor: z.string().nullable() }),
  })
  list(@Query({ schema: guideReportQuery }) { state, ...page }: z.output<typeof guideReportQuery>) {
    return this.queries.list({ isSettled: state === 'settled', ...page });
  }

  /** Settles a report. */
  @Put(':id/settled')
  @HttpCode(204)
  @Roles('secretariat')
  @ApiNoContentResponse()
  settle(@Param('id', { schema: id }) reportId: number, @Current() principal: Principal): Promise<void> {
    return this.reports.setSettled(reportId, true, principal.personId);
  }

  /** Opens it again. */
  @Delete(':id/settled')
  @HttpCode(204)
  @Roles('secretariat')
  @ApiNoContentResponse()
  reopen(@Param('id', { schema: id }) reportId: number, @Current() principal: Principal): Promise<void> {
    return this.reports.setSettled(reportId, false, principal.personId);
  }
}
