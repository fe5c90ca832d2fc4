import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Roles } from '../../common/access/access.decorator.js';
import { Current } from '../../common/access/current.decorator.js';
import type { Principal } from '../../common/access/principal.js';
import { DomainError } from '../../common/domain-error.js';
import { id } from '../../common/fields.js';
import { pageQuery } from '../../common/pagination.js';
import { MailBounceService } from './mail-bounce.service.js';
import { MailQueries } from './mail.queries.js';
import { MailRetryService } from './mail-retry.service.js';

const mail = z.object({
  id: z.number(),
  template: z.string(),
  language: z.string(),
  to: z.string(),
  subject: z.string(),
  state: z.enum(['queued', 'sending', 'sent', 'retrying', 'failed', 'cancelled']),
  attempts: z.number(),
  lastError: z.string().nullable(),
  createdAt: z.string(),
  dueAt: z.string(),
  sentAt: z.string().nullable(),
});
const query = z.strictObject({
  to: z.string().max(254).optional(),
  template: z.string().max(40).optional(),
  state: mail.shape.state.optional(),
  ...pageQuery,
});

/** The outbox, for the secretariat. */
@ApiTags('mails')
@Controller('api/v1/mails')
export class MailsController {
  constructor(
    private readonly queries: MailQueries,
    private readonly retries: MailRetryService,
    private readonly bounces: MailBounceService,
  ) {}

  /** Mails, newest first. */
  @Get()
  @Roles('secretariat')
  @ApiOkResponse({ standardSchema: z.object({ items: z.array(mail), nextCursor: z.string().nullable() }) })
  list(@Query({ schema: query }) filter: z.output<typeof query>) {
    return this.queries.list(filter);
  }

  /** One mail with its text; the secret links in it are never shown. */
  @Get(':id')
  @Roles('secretariat')
  @ApiOkResponse({ standardSchema: mail.extend({ text: z.string(), html: z.string() }) })
  async find(@Param('id', { schema: id }) mailId: number) {
    const found = await this.queries.find(mailId);
    if (!found) throw new DomainError('not_found', 'not_found');
    return found;
  }

  /** Notes that a mail came back; it becomes a task, and the agent's leader is told. */
  @Post(':id/bounces')
  @HttpCode(200)
  @Roles('secretariat')
  @ApiOkResponse({ standardSchema: mail.pick({ id: true, state: true }) })
  bounce(@Param('id', { schema: id }) mailId: number, @Current() principal: Principal) {
    return this.bounces.bounce(mailId, principal.personId);
  }

  /** Tries a mail that failed once more. */
  @Post(':id/retries')
  @HttpCode(202)
  @Roles('secretariat')
  @ApiAcceptedResponse({ standardSchema: mail.pick({ id: true, state: true }) })
  retry(@Param('id', { schema: id }) mailId: number, @Current() principal: Principal) {
    return this.retries.retry(mailId, principal.personId);
  }
}
