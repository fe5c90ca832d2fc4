import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Roles } from '../../../common/access/access.decorator.js';
import { Current } from '../../../common/access/current.decorator.js';
import type { Principal } from '../../../common/access/principal.js';
import { scopeOf } from '../../../common/access/scope.js';
import { FigureLooks } from '../figure-looks.js';
import { overviewQuery, overviewView } from './overview.schemas.js';
import { QualityOverview } from './quality-overview.js';

/** How first-contact resolution goes. */
@ApiTags('quality')
@Controller('api/v1/quality-overview')
@Roles('secretariat', 'leader')
export class OverviewController {
  constructor(
    private readonly overview: QualityOverview,
    private readonly looks: FigureLooks,
  ) {}

  /** Totals of a month and how they came about; a leader gets the own municipality, and others of at least five agents. */
  @Get()
  @ApiOkResponse({ standardSchema: overviewView })
  async show(
    @Query({ schema: overviewQuery }) { month }: z.output<typeof overviewQuery>,
    @Current() principal: Principal,
  ) {
    const { policy: _, ...overview } = await this.overview.of(scopeOf(principal), month);
    await this.looks.record(
      principal,
      (overview.watchList ?? []).map(({ agentId }) => agentId),
      'overview',
    );
    return overview;
  }
}
