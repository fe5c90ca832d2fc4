import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Roles } from '../../common/access/access.decorator.js';
import { Current } from '../../common/access/current.decorator.js';
import type { Principal } from '../../common/access/principal.js';
import { id, line } from '../../common/fields.js';
import { Idempotent } from '../../common/http/idempotent.decorator.js';
import { pageOfWhole, pageQuery } from '../../common/pagination.js';
import type { IdempotentCall } from '../../database/idempotency.js';
import { ConnectionQueries } from './connection.queries.js';
import { ConnectionService } from './connection.service.js';
import { CONNECTION_SHAPES } from './entities/connection.entity.js';
import { InboxSortingService } from './inbox-sorting.service.js';
import { InboxQueries } from './inbox.queries.js';

const shape = z.enum(CONNECTION_SHAPES);
const courseIds = z.array(z.number().int().min(1)).min(1).max(200);
const newConnection = z.strictObject({ name: line(60), shape, courseIds: courseIds.optional() });
const created = z.object({
  id: z.number(),
  key: z.string(),
  name: z.string(),
  shape,
  courseIds: z.array(z.number()).optional(),
  secret: z
    .string()
    .optional()
    .meta({ description: 'shown once; a repeated request does not show it again' }),
});
const wholeQuery = z.strictObject({ ...pageQuery });
const listed = created.omit({ secret: true, courseIds: true }).extend({
  courseIds: z.array(z.number()).nullable(),
  createdAt: z.string(),
  lastMessageAt: z.string().nullable(),
});
const inboxMessage = z.object({
  id: z.number(),
  connectionId: z.number(),
  messageId: z.string(),
  status: z.enum(['applied', 'unmatched']),
  reason: z.string().nullable(),
  enrolmentId: z.number().nullable(),
  receivedAt: z.string(),
  body: z.string(),
});
const inboxQuery = z.strictObject({ status: inboxMessage.shape.status.optional(), ...pageQuery });

const assignment = z.strictObject({ enrolmentId: z.number().int().min(1) });
const sorted = z.object({
  id: z.number(),
  status: z.enum(['applied', 'unmatched']),
  enrolmentId: z.number().nullable(),
});
const rotated = z.object({
  id: z.number(),
  secret: z.string().optional().meta({ description: 'shown once' }),
  previousSecretEndsAt: z.string(),
});

/** E-learning hosts and what they sent. */
@ApiTags('connections')
@Controller('api/v1')
@Roles('secretariat')
export class ConnectionsController {
  constructor(
    private readonly connections: ConnectionService,
    private readonly queries: ConnectionQueries,
    private readonly sorting: InboxSortingService,
    private readonly inbox: InboxQueries,
  ) {}

  /** Makes a connection; its signing secret is in this answer and nowhere else. */
  @Post('connections')
  @ApiCreatedResponse({ standardSchema: created })
  create(
    @Body({ schema: newConnection }) body: z.output<typeof newConnection>,
    @Current() principal: Principal,
    @Idempotent() call: IdempotentCall,
  ) {
    return this.connections.create(body, principal.personId, call);
  }

  /** All connections. */
  @Get('connections')
  @ApiOkResponse({ standardSchema: z.object({ items: z.array(listed), nextCursor: z.string().nullable() }) })
  async list(@Query({ schema: wholeQuery }) page: z.output<typeof wholeQuery>) {
    return pageOfWhole(await this.queries.list(), page);
  }

  /** Gives a connection a new signing secret; the old one counts for another day. */
  @Post('connections/:id/secrets')
  @ApiCreatedResponse({ standardSchema: rotated })
  rotate(
    @Param('id', { schema: id }) connectionId: number,
    @Current() principal: Principal,
    @Idempotent() call: IdempotentCall,
  ) {
    return this.connections.rotateSecret(connectionId, principal.personId, call);
  }

  /** Gives a message that fitted nobody to an enrolment. */
  @Post('inbox-messages/:id/assignments')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: sorted })
  assign(
    @Param('id', { schema: id }) messageId: number,
    @Body({ schema: assignment }) body: z.output<typeof assignment>,
    @Current() principal: Principal,
  ) {
    return this.sorting.assign(messageId, body.enrolmentId, principal.personId);
  }

  /** Lets a message that fitted nobody find its learner again. */
  @Post('inbox-messages/:id/replays')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: sorted })
  replay(@Param('id', { schema: id }) messageId: number, @Current() principal: Principal) {
    return this.sorting.replay(messageId, principal.personId);
  }

  /** Messages, newest first; `status=unmatched` is the queue of those that fit nobody. */
  @Get('inbox-messages')
  @ApiOkResponse({
    standardSchema: z.object({ items: z.array(inboxMessage), nextCursor: z.string().nullable() }),
  })
  messages(@Query({ schema: inboxQuery }) filter: z.output<typeof inboxQuery>) {
    return this.inbox.list(filter);
  }
}
