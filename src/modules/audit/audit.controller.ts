import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Roles } from '../../common/access/access.decorator.js';
import { id } from '../../common/fields.js';
import { pageQuery } from '../../common/pagination.js';
import { AuditQueries } from './audit.queries.js';
import { auditSubject } from './audit.schemas.js';

const query = z.strictObject({
  actor: id.optional(),
  subject: auditSubject.optional(),
  action: z.string().max(60).optional(),
  ...pageQuery,
});
const entry = z.object({
  id: z.number(),
  at: z.string(),
  actorPersonId: z.number().nullable(),
  actorName: z.string().nullable(),
  action: z.string(),
  subjectType: z.string(),
  subjectId: z.number(),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).nullable(),
});

/** Who did what, and who looked. */
@ApiTags('audit')
@Controller('api/v1/audit-entries')
@Roles('secretariat')
export class AuditController {
  constructor(private readonly queries: AuditQueries) {}

  /** Entries, newest first; `subject` is a type (`agent`) or a type with its key (`agent:7`). */
  @Get()
  @ApiOkResponse({ standardSchema: z.object({ items: z.array(entry), nextCursor: z.string().nullable() }) })
  list(@Query({ schema: query }) filter: z.output<typeof query>) {
    return this.queries.list(filter);
  }
}
