import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Roles, RolesOrLink, Scoped } from '../../common/access/access.decorator.js';
import { Current } from '../../common/access/current.decorator.js';
import type { Principal } from '../../common/access/principal.js';
import { scopeOf } from '../../common/access/scope.js';
import { id } from '../../common/fields.js';
import { pageQuery } from '../../common/pagination.js';
import type { IdempotentCall } from '../../database/idempotency.js';
import { Idempotent } from '../../common/http/idempotent.decorator.js';
import { enrolmentView, newCompletion, newWaiver } from './courses.schemas.js';
import { EnrolmentChangesService } from './enrolment-changes.service.js';
import { EnrolmentQueries } from './enrolment.queries.js';

const query = z.strictObject({
  agentId: id.optional(),
  personId: id.optional(),
  courseId: id.optional(),
  state: enrolmentView.shape.state.optional(),
  ...pageQuery,
});

/** Who is enrolled in what, and how far. */
@ApiTags('enrolments')
@Controller('api/v1/enrolments')
export class EnrolmentsController {
  constructor(
    private readonly queries: EnrolmentQueries,
    private readonly changes: EnrolmentChangesService,
  ) {}

  /** Enrolments the caller may see: all, those of the own municipality, or the own. */
  @Get()
  @RolesOrLink('secretariat', 'leader', 'agent')
  @Scoped('enrolments:read')
  @ApiOkResponse({
    standardSchema: z.object({ items: z.array(enrolmentView), nextCursor: z.string().nullable() }),
  })
  list(@Query({ schema: query }) filter: z.output<typeof query>, @Current() principal: Principal) {
    return this.queries.list(scopeOf(principal), filter);
  }

  /** Lets a learner off the course, with a reason from the list. */
  @Post(':id/waivers')
  @Roles('secretariat')
  @ApiCreatedResponse({ standardSchema: enrolmentView })
  async waive(
    @Param('id', { schema: id }) enrolmentId: number,
    @Body({ schema: newWaiver }) body: z.output<typeof newWaiver>,
    @Current() principal: Principal,
    @Idempotent() call: IdempotentCall,
  ) {
    await this.changes.waive(enrolmentId, body.reason, principal, call);
    return this.queries.find(scopeOf(principal), enrolmentId);
  }

  /** Takes the waiver back. */
  @Delete(':id/waivers')
  @HttpCode(204)
  @Roles('secretariat')
  @ApiNoContentResponse()
  revokeWaiver(
    @Param('id', { schema: id }) enrolmentId: number,
    @Current() principal: Principal,
  ): Promise<void> {
    return this.changes.revokeWaiver(enrolmentId, principal);
  }

  /** Registers a completion by hand, where the e-learning itself reports nothing. */
  @Post(':id/completions')
  @Roles('secretariat')
  @Scoped('enrolments:write')
  @ApiCreatedResponse({ standardSchema: enrolmentView })
  async complete(
    @Param('id', { schema: id }) enrolmentId: number,
    @Body({ schema: newCompletion }) body: z.output<typeof newCompletion>,
    @Current() principal: Principal,
    @Idempotent() call: IdempotentCall,
  ) {
    await this.changes.complete(enrolmentId, body, principal, call);
    return this.queries.find(scopeOf(principal), enrolmentId);
  }

  /** Takes a completion by hand back, because it was wrong. */
  @Delete(':id/completions/:event')
  @HttpCode(204)
  @Roles('secretariat')
  @ApiNoContentResponse()
  annul(
    @Param('id', { schema: id }) enrolmentId: number,
    @Param('event', { schema: id }) eventId: number,
    @Current() principal: Principal,
  ): Promise<void> {
    return this.changes.annul(enrolmentId, eventId, principal);
  }
}
