import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Roles, Scoped } from '../../../common/access/access.decorator.js';
import { coachingStatistics } from './coaching.schemas.js';
import { CoachingStatisticsQueries } from './coaching-statistics.queries.js';

/** What becomes of talks. */
@ApiTags('coaching')
@Controller('api/v1/coaching-statistics')
@Roles('secretariat')
export class CoachingStatisticsController {
  constructor(private readonly statistics: CoachingStatisticsQueries) {}

  /** How many talks were offered in each quarter and what became of them; nobody is named, and counts below five are left out. */
  @Get()
  @Scoped('quality:read')
  @ApiOkResponse({ standardSchema: coachingStatistics })
  async show() {
    return { quarters: await this.statistics.quarters() };
  }
}
