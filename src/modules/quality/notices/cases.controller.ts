import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Roles } from '../../../common/access/access.decorator.js';
import { Current } from '../../../common/access/current.decorator.js';
import type { Principal } from '../../../common/access/principal.js';
import { scopeOf } from '../../../common/access/scope.js';
import { DomainError } from '../../../common/domain-error.js';
import { id } from '../../../common/fields.js';
import { FigureLooks } from '../figure-looks.js';
import { CaseClosingService } from './case-closing.service.js';
import { CaseDetail } from './case-detail.js';
import { CaseQueries } from './case.queries.js';
import { caseClosing, caseDetail, caseQuery, caseView, type CaseClosing } from './case.schemas.js';
import { viewCase, viewCaseInFull } from './case-view.js';

/** Streaks of agents that are brought to the leader's notice. */
@ApiTags('quality')
@Controller('api/v1/quality-cases')
@Roles('secretariat', 'leader')
export class CasesController {
  constructor(
    private readonly queries: CaseQueries,
    private readonly detail: CaseDetail,
    private readonly closings: CaseClosingService,
    private readonly looks: FigureLooks,
  ) {}

  /** Cases without figures, newest first; a leader gets those of the own municipality of which the leader has been told. */
  @Get()
  @ApiOkResponse({
    standardSchema: z.object({ items: z.array(caseView), nextCursor: z.string().nullable() }),
  })
  async list(
    @Query({ schema: caseQuery }) { state, ...filter }: z.output<typeof caseQuery>,
    @Current() principal: Principal,
  ) {
    const page = await this.queries.list(scopeOf(principal), { ...filter, states: state && [state] });
    return { ...page, items: page.items.map(viewCase) };
  }

  /** A case in full; the look is noted. */
  @Get(':id')
  @ApiOkResponse({ standardSchema: caseDetail })
  async find(@Param('id', { schema: id }) caseId: number, @Current() principal: Principal) {
    const kase = await this.queries.find(scopeOf(principal), caseId);
    if (!kase) throw new DomainError('not_found', 'not_found');
    const found = await this.detail.of(kase);
    await this.looks.record(principal, [kase.agentId], 'case');
    return viewCaseInFull(found);
  }

  /** Ends a case. */
  @Post(':id/closings')
  @HttpCode(204)
  @ApiNoContentResponse()
  close(
    @Param('id', { schema: id }) caseId: number,
    @Body({ schema: caseClosing }) body: CaseClosing,
    @Current() principal: Principal,
  ): Promise<void> {
    return this.closings.close(scopeOf(principal), caseId, body, principal.personId);
  }
}
