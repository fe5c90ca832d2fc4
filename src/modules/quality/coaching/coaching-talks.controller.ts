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

const ANY = { sql: '1 = 1', values: [] };

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
  @ApiOkResponse({
    standardSchema: z.object({ items: z.array(talkView), nextCursor: z.string().nullable() }),
  })
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
    await this.changes.change(talkId, body, principal);
    // Whoever could change it is told what it has become, even a coach who from now on sees it no more.
    return this.queries.find(ANY, talkId);
  }
}
