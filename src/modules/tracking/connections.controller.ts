import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Roles } from '../../common/access/access.decorator.js';
import { Current } from '../../common/access/current.decorator.js';
import type { Principal } from '../../common/access/principal.js';
import { DomainError } from '../../common/domain-error.js';
import { id } from '../../common/fields.js';
import { Idempotent } from '../../common/http/idempotent.decorator.js';
import { pageOfWhole } from '../../common/pagination.js';
import type { IdempotentCall } from '../../database/idempotency.js';
import { ConnectionQueries } from './connection.queries.js';
import { ConnectionService } from './connection.service.js';
import { ConnectionTestService } from './connection-test.service.js';
import {
  assignment,
  connection,
  connectionChanges,
  created,
  inboxMessage,
  inboxQuery,
  newConnection,
  receipt,
  rotated,
  sorted,
  wholeQuery,
} from './connections.schemas.js';
import { InboxSortingService } from './inbox-sorting.service.js';
import { InboxQueries } from './inbox.queries.js';

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
    private readonly tests: ConnectionTestService,
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
  @ApiOkResponse({
    standardSchema: z.object({ items: z.array(connection), nextCursor: z.string().nullable() }),
  })
  async list(@Query({ schema: wholeQuery }) page: z.output<typeof wholeQuery>) {
    return pageOfWhole(await this.queries.list(), page);
  }

  /** One connection. */
  @Get('connections/:id')
  @ApiOkResponse({ standardSchema: connection })
  async find(@Param('id', { schema: id }) connectionId: number) {
    const found = await this.queries.find(connectionId);
    if (!found) throw new DomainError('not_found', 'not_found');
    return found;
  }

  /** Gives a connection another name or other courses. */
  @Patch('connections/:id')
  @ApiOkResponse({ standardSchema: connection })
  async change(
    @Param('id', { schema: id }) connectionId: number,
    @Body({ schema: connectionChanges }) body: z.output<typeof connectionChanges>,
    @Current() principal: Principal,
  ) {
    await this.connections.change(connectionId, body, principal.personId);
    return this.find(connectionId);
  }

  /** Sends a test message of the connection's shape through the intake; it changes no enrolment. */
  @Post('connections/:id/test-messages')
  @ApiCreatedResponse({ standardSchema: receipt })
  test(@Param('id', { schema: id }) connectionId: number, @Current() principal: Principal) {
    return this.tests.send(connectionId, principal.personId);
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
