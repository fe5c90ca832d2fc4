import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { RolesOrLink, Scoped } from '../../../common/access/access.decorator.js';
import { Current } from '../../../common/access/current.decorator.js';
import type { Principal } from '../../../common/access/principal.js';
import { scopeOf } from '../../../common/access/scope.js';
import { Clock } from '../../../common/clock.js';
import { id, localDate } from '../../../common/fields.js';
import { instantAt } from '../../../common/local-date.js';
import { pageQuery } from '../../../common/pagination.js';
import {
  ReadingRequirementQueries,
  REQUIREMENT_STATES,
  requirementStateOf,
} from './reading-requirements.queries.js';

const requirementQuery = z.strictObject({
  agentId: id.optional(),
  state: z
    .enum(REQUIREMENT_STATES)
    .optional()
    .meta({ description: '`open` is everything that is not read, what is `overdue` included' }),
  guideId: id.optional(),
  dueBefore: z
    .union([localDate, z.iso.datetime({ offset: true })])
    .transform((text) => (text.length === 10 ? instantAt(text, '00:00') : new Date(text)))
    .optional()
    .meta({ description: 'an instant, or a day for the beginning of that day' }),
  ...pageQuery,
});

const requirementView = z.object({
  agentId: z.number(),
  versionId: z.number(),
  guideId: z.number(),
  number: z.number(),
  title: z.string(),
  minutes: z.number(),
  dueAt: z
    .string()
    .nullable()
    .meta({ description: 'start of the first shift that asks for it; null while none is planned' }),
  readAt: z.string().nullable(),
  state: z.enum(REQUIREMENT_STATES),
  link: z.string(),
});

/** What agents are to have read. */
@ApiTags('readiness')
@Controller('api/v1/reading-requirements')
export class ReadingRequirementsController {
  constructor(
    private readonly clock: Clock,
    private readonly queries: ReadingRequirementQueries,
  ) {}

  /** Guide versions that agents are to have read, by agent. Unread ones that no shift asks for any more are left out. */
  @Get()
  @RolesOrLink('secretariat', 'leader', 'agent')
  @Scoped('readiness:read')
  @ApiOkResponse({
    standardSchema: z.object({ items: z.array(requirementView), nextCursor: z.string().nullable() }),
  })
  async list(
    @Query({ schema: requirementQuery }) filter: z.output<typeof requirementQuery>,
    @Current() principal: Principal,
  ) {
    const page = await this.queries.list(scopeOf(principal), filter);
    const now = this.clock.now();
    return {
      ...page,
      items: page.items.map((row) => ({
        ...row,
        dueAt: row.dueAt?.toISOString() ?? null,
        readAt: row.readAt?.toISOString() ?? null,
        state: requirementStateOf(row, now),
        link: `/guides/${row.guideId}/versioner/${row.number}`,
      })),
    };
  }
}
