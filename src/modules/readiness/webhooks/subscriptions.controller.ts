import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Roles } from '../../../common/access/access.decorator.js';
import { Current } from '../../../common/access/current.decorator.js';
import type { Principal } from '../../../common/access/principal.js';
import { id } from '../../../common/fields.js';
import { Idempotent } from '../../../common/http/idempotent.decorator.js';
import { pageOfWhole, pageQuery } from '../../../common/pagination.js';
import type { IdempotentCall } from '../../../database/idempotency.js';
import { SubscriptionService } from './subscription.service.js';
import { newSubscription } from './subscriptions.schemas.js';

const made = z.object({
  id: z.number(),
  url: z.string(),
  secret: z
    .string()
    .optional()
    .meta({ description: 'shown once; a repeated request does not show it again' }),
});
const listed = made.omit({ secret: true }).extend({
  createdAt: z.string(),
  takenAt: z.string().nullable(),
  failingSince: z.string().nullable(),
});
const query = z.strictObject({ ...pageQuery });

/** Programs that are told when an agent becomes ready or not. */
@ApiTags('readiness')
@Controller('api/v1/readiness-subscriptions')
@Roles('secretariat')
export class SubscriptionsController {
  constructor(private readonly subscriptions: SubscriptionService) {}

  /**
   * Subscribes an address: from now on it gets a signed message (Standard Webhooks) for every agent with a shift within 14 days,
   * and again whenever that agent becomes ready or is no longer. The secret is in this answer and nowhere else.
   */
  @Post()
  @ApiCreatedResponse({ standardSchema: made })
  create(
    @Body({ schema: newSubscription }) { url }: z.output<typeof newSubscription>,
    @Current() principal: Principal,
    @Idempotent() call: IdempotentCall,
  ) {
    return this.subscriptions.create(url, principal.personId, call);
  }

  /** All subscriptions, and whether they take what they are told. */
  @Get()
  @ApiOkResponse({ standardSchema: z.object({ items: z.array(listed), nextCursor: z.string().nullable() }) })
  async list(@Query({ schema: query }) page: z.output<typeof query>) {
    return pageOfWhole(await this.subscriptions.list(), page);
  }

  /** Ends a subscription at once; what it was still to be told is dropped. */
  @Delete(':id')
  @HttpCode(204)
  @ApiNoContentResponse()
  remove(
    @Param('id', { schema: id }) subscriptionId: number,
    @Current() principal: Principal,
  ): Promise<void> {
    return this.subscriptions.remove(subscriptionId, principal.personId);
  }
}
