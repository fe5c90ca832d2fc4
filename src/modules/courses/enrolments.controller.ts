import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { RolesOrLink } from '../../common/access/access.decorator.js';
import { Current } from '../../common/access/current.decorator.js';
import type { Principal } from '../../common/access/principal.js';
import { scopeOf } from '../../common/access/scope.js';
import { id } from '../../common/fields.js';
import { pageQuery } from '../../common/pagination.js';
import { enrolmentView } from './courses.schemas.js';
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
  constructor(private readonly queries: EnrolmentQueries) {}

  /** Enrolments the caller may see: all, those of the own municipality, or the own. */
  @Get()
  @RolesOrLink('secretariat', 'leader', 'agent')
  @ApiOkResponse({
    standardSchema: z.object({ items: z.array(enrolmentView), nextCursor: z.string().nullable() }),
  })
  list(@Query({ schema: query }) filter: z.output<typeof query>, @Current() principal: Principal) {
    return this.queries.list(scopeOf(principal), filter);
  }
}
