import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Roles } from '../../../common/access/access.decorator.js';
import { Current } from '../../../common/access/current.decorator.js';
import type { Principal } from '../../../common/access/principal.js';
import { id } from '../../../common/fields.js';
import { Idempotent } from '../../../common/http/idempotent.decorator.js';
import type { IdempotentCall } from '../../../database/idempotency.js';
import { nextStep, talkAnswer, talkView } from './coaching.schemas.js';
import { NextStepService } from './next-step.service.js';
import { TalkAnswerService } from './talk-answer.service.js';
import { TalkQueries } from './talk.queries.js';
import { offeredTo } from './talk-viewer.js';

/** What an agent does with the own talk. */
@ApiTags('coaching')
@Controller('api/v1/coaching-talks/:id')
@Roles('agent')
export class OwnTalksController {
  constructor(
    private readonly queries: TalkQueries,
    private readonly answers: TalkAnswerService,
    private readonly steps: NextStepService,
  ) {}

  /** Says yes, with up to three times that would suit, or no; no reason is asked for. */
  @Post('answers')
  @ApiCreatedResponse({ standardSchema: talkView })
  async answer(
    @Param('id', { schema: id }) talkId: number,
    @Body({ schema: talkAnswer }) { answer, times }: z.output<typeof talkAnswer>,
    @Current() principal: Principal,
    @Idempotent() call: IdempotentCall,
  ) {
    const wanted = times?.map((time) => new Date(time));
    await this.answers.answer(talkId, { answer, times: wanted }, principal, call);
    return this.queries.find(offeredTo(principal), talkId);
  }

  /** The agent's own next step, which nobody else can read. */
  @Get('next-step')
  @ApiOkResponse({ standardSchema: z.object({ nextStep: z.string().nullable() }) })
  async nextStep(@Param('id', { schema: id }) talkId: number, @Current() principal: Principal) {
    return { nextStep: await this.steps.read(talkId, principal) };
  }

  /** Writes or changes it. */
  @Put('next-step')
  @HttpCode(204)
  @ApiNoContentResponse()
  write(
    @Param('id', { schema: id }) talkId: number,
    @Body({ schema: nextStep }) body: z.output<typeof nextStep>,
    @Current() principal: Principal,
  ): Promise<void> {
    return this.steps.write(talkId, body.nextStep, principal);
  }

  /** Deletes it. */
  @Delete('next-step')
  @HttpCode(204)
  @ApiNoContentResponse()
  remove(@Param('id', { schema: id }) talkId: number, @Current() principal: Principal): Promise<void> {
    return this.steps.write(talkId, null, principal);
  }
}
