import { Body, Controller, Get, HttpCode, Post, Query, Req } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Roles, Scoped } from '../../../common/access/access.decorator.js';
import { Current } from '../../../common/access/current.decorator.js';
import type { Principal } from '../../../common/access/principal.js';
import { scopeOf } from '../../../common/access/scope.js';
import type { AppRequest } from '../../../common/http/app-request.js';
import { Idempotent } from '../../../common/http/idempotent.decorator.js';
import type { IdempotentCall } from '../../../database/idempotency.js';
import { requestLanguage } from '../../../web/i18n/request-language.js';
import { translator } from '../../../web/i18n/translate.js';
import { FigureLooks } from '../figure-looks.js';
import { FigurePosting } from './figure-posting.js';
import { ResolutionFigureQueries } from './resolution-figure.queries.js';
import { figureQuery, figureView, postedFigures, postedFiguresView } from './resolution-figures.schemas.js';

/** Monthly figures of single agents: calls answered, and calls resolved at once. */
@ApiTags('quality')
@Controller('api/v1/resolution-figures')
export class ResolutionFiguresController {
  constructor(
    private readonly figures: ResolutionFigureQueries,
    private readonly posting: FigurePosting,
    private readonly looks: FigureLooks,
  ) {}

  /** Figures, the latest months first. An agent gets the own; a leader those of months spent wholly with the own municipality. */
  @Get()
  @Roles('secretariat', 'leader', 'agent')
  @Scoped('figures:read')
  @ApiOkResponse({
    standardSchema: z.object({ items: z.array(figureView), nextCursor: z.string().nullable() }),
  })
  async list(
    @Query({ schema: figureQuery }) filter: z.output<typeof figureQuery>,
    @Current() principal: Principal,
  ) {
    const page = await this.figures.list(scopeOf(principal), filter);
    await this.looks.record(
      principal,
      page.items.map(({ agentId }) => agentId),
      'figures',
    );
    return page;
  }

  /** Writes up to 1,000 figures; of each it is told what became of it. One that exists is corrected, and nobody is mailed. */
  @Post()
  @HttpCode(200)
  @Roles('secretariat')
  @Scoped('figures:write')
  @ApiOkResponse({ standardSchema: postedFiguresView })
  post(
    @Body({ schema: postedFigures }) { figures }: z.output<typeof postedFigures>,
    @Current() principal: Principal,
    @Req() request: AppRequest,
    @Idempotent() call: IdempotentCall,
  ) {
    return this.posting.post(figures, principal, call, translator(requestLanguage(request)));
  }
}
