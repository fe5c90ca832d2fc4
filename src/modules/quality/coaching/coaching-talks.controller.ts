import { Body, Controller, Get, Param, Patch, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Roles } from '../../../common/access/access.decorator.js';
import { Current } from '../../../common/access/current.decorator.js';
import type { Principal } from '../../../common/access/principal.js';
import { id } from '../../../common/fields.js';
import { talkChanges, talkQuery, talkView, type TalkChanges } from './coaching.schemas.js';
import { TalkChangesService } from './talk-changes.service.js';
import { TalkQueries } from './talk.queries.js';
import { offeredTo, workedWith } from './talk-viewer.js';

/** Talks for those who arrange and hold them: all of them for the secretariat, the own ones under way for a coach. */
@ApiTags('coaching')
@Controller('api/v1/coaching-talks')
export class CoachingTalksController {
  constructor(
    private readonly queries: TalkQueries,
    private readonly changes: TalkChangesService,
  ) {}

  /** Talks, newest first. */
  @Get()
  @Roles('secretariat', 'leader')
  @ApiOkResponse({ standardSchema: z.object({ items: z.array(talkView), nextCursor: z.string().nullable() }) })
  list(@Query({ schema: talkQuery }) filter: z.output<typeof talkQuery>, @Current() principal: Principal) {
    return this.queries.list(workedWith(principal), filter);
  }

  /** One talk, for the agent to whom it was offered too. */
  @Get(':id')
  @Roles('secretariat', 'leader', 'agent')
  @ApiOkResponse({ standardSchema: talkView })
  find(@Param('id', { schema: id }) talkId: number, @Current() principal: Principal) {
    const [worked, own] = [workedWith(principal), offeredTo(principal)];
    return this.queries.find(
      { sql: `(${worked.sql}) OR (${own.sql})`, values: [...worked.values, ...own.values] },
      talkId,
    );
  }

  /** Fixes the time and the Teams address, or says what became of the talk. */
  @Patch(':id')
  @Roles('secretariat', 'leader')
  @ApiOkResponse({ standardSchema: talkView })
  async change(
    @Param('id', { schema: id }) talkId: number,
    @Body({ schema: talkChanges }) body: TalkChanges,
    @Current() principal: Principal,
  ) {
    const before = await this.queries.find(workedWith(principal), talkId);
    await this.changes.change(talkId, body, principal);
    // A coach whose talk has just ended sees it no more, but for what has become of it.
    if (body.state) return { ...before, state: body.state, times: [], version: before.version + 1 };
    return this.queries.find(workedWith(principal), talkId);
  }
}
