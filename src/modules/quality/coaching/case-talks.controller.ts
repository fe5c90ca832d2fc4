import { Body, Controller, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Roles } from '../../../common/access/access.decorator.js';
import { Current } from '../../../common/access/current.decorator.js';
import type { Principal } from '../../../common/access/principal.js';
import { id } from '../../../common/fields.js';
import { Idempotent } from '../../../common/http/idempotent.decorator.js';
import type { IdempotentCall } from '../../../database/idempotency.js';
import { newTalk, offeredTalk, type NewTalk, type OfferedTalk } from './coaching.schemas.js';
import { TalkOfferService } from './talk-offer.service.js';
import { TalkRelevance } from './talk-relevance.service.js';

const relevance = z.strictObject({ isRelevant: z.boolean() });

/** Talks as an answer to a case. */
@ApiTags('coaching')
@Controller('api/v1/quality-cases/:id')
@Roles('secretariat')
export class CaseTalksController {
  constructor(
    private readonly offers: TalkOfferService,
    private readonly relevance: TalkRelevance,
  ) {}

  /** Offers the agent a talk with somebody from another municipality; without a coach named, whoever has the fewest is asked. */
  @Post('coaching-talks')
  @ApiCreatedResponse({ standardSchema: offeredTalk })
  offer(
    @Param('id', { schema: id }) caseId: number,
    @Body({ schema: newTalk }) wish: NewTalk,
    @Current() principal: Principal,
    @Idempotent() call: IdempotentCall,
  ): Promise<OfferedTalk> {
    return this.offers.offer(caseId, wish, principal.personId, call);
  }

  /** Notes whether a talk is relevant in this case. */
  @Put('talk-relevance')
  @HttpCode(204)
  @ApiNoContentResponse()
  decide(
    @Param('id', { schema: id }) caseId: number,
    @Body({ schema: relevance }) { isRelevant }: z.output<typeof relevance>,
    @Current() principal: Principal,
  ): Promise<void> {
    return this.relevance.decide(caseId, isRelevant, principal.personId);
  }
}
