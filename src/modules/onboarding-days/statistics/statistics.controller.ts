import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Roles, Scoped } from '../../../common/access/access.decorator.js';
import { statisticsQuery, statisticsView } from './statistics.schemas.js';
import { StatisticsService, type Statistics } from './statistics.service.js';

/** How onboarding days are used. */
@ApiTags('onboarding days')
@Controller('api/v1/onboarding-days/statistics')
@Roles('secretariat')
export class StatisticsController {
  constructor(private readonly statistics: StatisticsService) {}

  /** Use of seats and no-shows of the period's days (a year back and ahead when none is given), who is missing, and days needed. */
  @Get()
  @Scoped('onboarding-days:read')
  @ApiOkResponse({ standardSchema: statisticsView })
  show(@Query({ schema: statisticsQuery }) period: z.output<typeof statisticsQuery>): Promise<Statistics> {
    return this.statistics.of(period);
  }
}
