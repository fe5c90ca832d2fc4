import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Roles } from '../../../common/access/access.decorator.js';
import { Current } from '../../../common/access/current.decorator.js';
import type { Principal } from '../../../common/access/principal.js';
import { scopeOf } from '../../../common/access/scope.js';
import { id } from '../../../common/fields.js';
import { Idempotent } from '../../../common/http/idempotent.decorator.js';
import type { IdempotentCall } from '../../../database/idempotency.js';
import { DisputeAnswersService } from './dispute-answers.service.js';
import { DisputeQueries } from './dispute.queries.js';
import {
  disputeMade,
  disputeQuery,
  disputeView,
  newAnswer,
  newDispute,
  type NewAnswer,
  type NewDispute,
} from './dispute.schemas.js';
import { DisputeService } from './dispute.service.js';
import { ownAgent } from './own-agent.js';

/** Agents' word that a figure is wrong. */
@ApiTags('quality')
@Controller('api/v1/figure-disputes')
export class DisputesController {
  constructor(
    private readonly disputes: DisputeService,
    private readonly answers: DisputeAnswersService,
    private readonly queries: DisputeQueries,
  ) {}

  /** Says that one of the own figures is wrong. A notice is held until the secretariat has answered. */
  @Post()
  @Roles('agent')
  @ApiCreatedResponse({ standardSchema: disputeMade })
  raise(
    @Body({ schema: newDispute }) body: NewDispute,
    @Current() principal: Principal,
    @Idempotent() call: IdempotentCall,
  ) {
    return this.disputes.raise(body, ownAgent(principal), call);
  }

  /** What agents have said and what was answered; an agent gets the own. */
  @Get()
  @Roles('secretariat', 'agent')
  @ApiOkResponse({
    standardSchema: z.object({ items: z.array(disputeView), nextCursor: z.string().nullable() }),
  })
  list(
    @Query({ schema: disputeQuery }) { state, ...page }: z.output<typeof disputeQuery>,
    @Current() principal: Principal,
  ) {
    return this.queries.list(scopeOf(principal), { isAnswered: state === 'answered', ...page });
  }

  /** Answers: `corrected` with the right figures, or without when an import has put them right; or `stands`. */
  @Post(':id/answers')
  @HttpCode(204)
  @Roles('secretariat')
  @ApiNoContentResponse()
  answer(
    @Param('id', { schema: id }) disputeId: number,
    @Body({ schema: newAnswer }) body: NewAnswer,
    @Current() principal: Principal,
  ): Promise<void> {
    return this.answers.answer(disputeId, body, principal.personId);
  }
}
