import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Roles, Scoped } from '../../common/access/access.decorator.js';
import { Current } from '../../common/access/current.decorator.js';
import type { Principal } from '../../common/access/principal.js';
import { DomainError } from '../../common/domain-error.js';
import { id } from '../../common/fields.js';
import { Idempotent } from '../../common/http/idempotent.decorator.js';
import type { IdempotentCall } from '../../database/idempotency.js';
import { DayChangesService } from './days/day-changes.service.js';
import { OnboardingDayQueries } from './onboarding-days.queries.js';
import {
  dayChanges,
  dayQuery,
  dayView,
  newDay,
  type DayChanges,
  type NewDay,
} from './onboarding-days.schemas.js';
import { OnboardingDayService } from './onboarding-days.service.js';

/** Onboarding days. */
@ApiTags('onboarding days')
@Controller('api/v1/onboarding-days')
export class OnboardingDaysController {
  constructor(
    private readonly days: OnboardingDayService,
    private readonly changes: DayChangesService,
    private readonly queries: OnboardingDayQueries,
  ) {}

  /** Plans a day; its seats go to those who wait for one. */
  @Post()
  @Roles('secretariat')
  @ApiCreatedResponse({ standardSchema: dayView })
  plan(
    @Body({ schema: newDay }) body: NewDay,
    @Current() principal: Principal,
    @Idempotent() call: IdempotentCall,
  ) {
    return this.days.plan(body, principal.personId, call);
  }

  /** Days, earliest first. */
  @Get()
  @Roles('secretariat', 'leader', 'agent')
  @Scoped('onboarding-days:read')
  @ApiOkResponse({ standardSchema: z.object({ items: z.array(dayView), nextCursor: z.string().nullable() }) })
  list(@Query({ schema: dayQuery }) filter: z.output<typeof dayQuery>) {
    return this.queries.list(filter);
  }

  /** One day. */
  @Get(':id')
  @Roles('secretariat', 'leader', 'agent')
  @Scoped('onboarding-days:read')
  @ApiOkResponse({ standardSchema: dayView })
  async show(@Param('id', { schema: id }) dayId: number) {
    const day = await this.queries.find(dayId);
    if (!day) throw new DomainError('not_found', 'not_found');
    return day;
  }

  /** Edits a day; a new date moves it. Those who have a seat are told of what concerns them. */
  @Patch(':id')
  @Roles('secretariat')
  @ApiOkResponse({ standardSchema: dayView })
  change(
    @Param('id', { schema: id }) dayId: number,
    @Body({ schema: dayChanges }) body: DayChanges,
    @Current() principal: Principal,
  ) {
    return this.changes.change(dayId, body, principal.personId);
  }

  /** Cancels a day; everyone on it goes on to the next one. */
  @Post(':id/cancellations')
  @HttpCode(200)
  @Roles('secretariat')
  @ApiOkResponse({ standardSchema: dayView })
  cancel(@Param('id', { schema: id }) dayId: number, @Current() principal: Principal) {
    return this.changes.cancel(dayId, principal.personId);
  }
}
