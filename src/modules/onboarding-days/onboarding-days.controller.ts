import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Roles, Scoped } from '../../common/access/access.decorator.js';
import { Current } from '../../common/access/current.decorator.js';
import type { Principal } from '../../common/access/principal.js';
import { line, localDate } from '../../common/fields.js';
import { Idempotent } from '../../common/http/idempotent.decorator.js';
import { pageQuery } from '../../common/pagination.js';
import type { IdempotentCall } from '../../database/idempotency.js';
import { OnboardingDayQueries } from './onboarding-days.queries.js';
import { OnboardingDayService } from './onboarding-days.service.js';

const instant = z.iso.datetime().transform((text) => new Date(text).toISOString());
const newDay = z.strictObject({
  on: localDate,
  startsAt: instant,
  endsAt: instant,
  venue: line(150),
  address: line(200),
  capacity: z.number().int().min(1).max(1000),
  bookBy: localDate,
});
const dayView = z.object({
  id: z.number(),
  on: z.string(),
  startsAt: z.string(),
  endsAt: z.string(),
  venue: z.string(),
  address: z.string(),
  capacity: z.number(),
  bookBy: z.string(),
  isCancelled: z.boolean(),
});
const query = z.strictObject({ ...pageQuery });

/** Onboarding days. */
@ApiTags('onboarding days')
@Controller('api/v1/onboarding-days')
export class OnboardingDaysController {
  constructor(
    private readonly days: OnboardingDayService,
    private readonly queries: OnboardingDayQueries,
  ) {}

  /** Plans a day. */
  @Post()
  @Roles('secretariat')
  @ApiCreatedResponse({ standardSchema: dayView })
  plan(
    @Body({ schema: newDay }) body: z.output<typeof newDay>,
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
  list(@Query({ schema: query }) filter: z.output<typeof query>) {
    return this.queries.list(filter);
  }
}
