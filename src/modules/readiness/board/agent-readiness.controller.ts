import { Controller, Get, Param, Query, Req } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { RolesOrLink, Scoped } from '../../../common/access/access.decorator.js';
import { Current } from '../../../common/access/current.decorator.js';
import type { Principal } from '../../../common/access/principal.js';
import { scopeOf } from '../../../common/access/scope.js';
import { id } from '../../../common/fields.js';
import type { AppRequest } from '../../../common/http/app-request.js';
import { requestLanguage } from '../../../web/i18n/request-language.js';
import { translator } from '../../../web/i18n/translate.js';
import { AgentReadinessQueries } from './agent-readiness.queries.js';
import { agentReadinessQuery, agentReadinessView } from './readiness.schemas.js';
import { viewAgentReadiness } from './readiness-view.js';

/** Is this agent ready, and if not, what is missing? */
@ApiTags('readiness')
@Controller('api/v1/agents/:id/readiness')
export class AgentReadinessController {
  constructor(private readonly queries: AgentReadinessQueries) {}

  /** One agent at an instant or for a shift; now when neither is given. */
  @Get()
  @RolesOrLink('secretariat', 'leader', 'agent')
  @Scoped('readiness:read')
  @ApiOkResponse({ standardSchema: agentReadinessView })
  async show(
    @Param('id', { schema: id }) agentId: number,
    @Query({ schema: agentReadinessQuery }) { at, shiftId }: z.output<typeof agentReadinessQuery>,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    const scope = scopeOf(principal);
    const answer =
      shiftId === undefined
        ? await this.queries.at(scope, agentId, at === undefined ? undefined : new Date(at))
        : await this.queries.forShift(scope, agentId, shiftId);
    return viewAgentReadiness(answer, agentId === principal.agentId, translator(requestLanguage(request)));
  }
}
