import { Controller, Get, Query } from '@nestjs/common';
import type { z } from 'zod';
import { Roles } from '../../../common/access/access.decorator.js';
import { Page } from '../../../web/render/page.decorator.js';
import { DAYS_LOOKED_AT, FEW, QUARTER_DAYS } from './statistics.rules.js';
import { statisticsPageQuery } from './statistics.schemas.js';
import { StatisticsService, type Statistics } from './statistics.service.js';

/** How onboarding days are used, as a page. */
@Controller('onboardingdage/statistik')
@Roles('secretariat')
export class StatisticsPages {
  constructor(private readonly statistics: StatisticsService) {}

  @Get()
  @Page('onboarding-days/statistics')
  async show(@Query({ schema: statisticsPageQuery }) asked: z.output<typeof statisticsPageQuery>) {
    const { missing, ...statistics } = await this.statistics.of(asked);
    return {
      ...statistics,
      missing,
      missingSum: sumOf(missing),
      ...verdictOf(statistics.need),
      isFiltered: asked.from !== undefined || asked.to !== undefined,
      few: FEW,
      quarterDays: QUARTER_DAYS,
      daysLookedAt: DAYS_LOOKED_AT,
    };
  }
}

function sumOf(missing: Statistics['missing']) {
  const sum = (pick: (row: Statistics['missing'][0]) => number) =>
    missing.reduce((total, row) => total + pick(row), 0);
  return {
    newAgents: sum(({ newAgents }) => newAgents),
    newWithSeat: sum(({ newWithSeat }) => newWithSeat),
    newLongAgo: sum(({ newLongAgo }) => newLongAgo),
    existingAgents: sum(({ existingAgents }) => existingAgents),
    existingWithSeat: sum(({ existingWithSeat }) => existingWithSeat),
  };
}

function verdictOf({ daysNeeded, daysPlanned }: Statistics['need']) {
  return {
    isKnown: daysNeeded !== null,
    isEnough: daysNeeded !== null && daysPlanned >= daysNeeded,
    lacking: daysNeeded === null ? 0 : Math.max(0, daysNeeded - daysPlanned),
  };
}
