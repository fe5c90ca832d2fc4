import { Body, Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import { z } from 'zod';
import { Roles } from '../../common/access/access.decorator.js';
import { Current } from '../../common/access/current.decorator.js';
import type { Principal } from '../../common/access/principal.js';
import { DomainError } from '../../common/domain-error.js';
import { id } from '../../common/fields.js';
import type { AppRequest } from '../../common/http/app-request.js';
import { blankForm, formWithErrors, parseForm, type FormModel } from '../../web/forms/form.js';
import { requestLanguage } from '../../web/i18n/request-language.js';
import { queryString } from '../../web/query-string.js';
import { Page } from '../../web/render/page.decorator.js';
import { PageReply, SeeOther } from '../../web/render/page-reply.js';
import { ConnectionQueries } from './connection.queries.js';
import { InboxQueries } from './inbox.queries.js';
import { InboxSortingService } from './inbox-sorting.service.js';

const assignment = z.object({ enrolmentId: id });
const inboxQuery = z.object({
  status: z.enum(['unmatched', 'applied']).default('unmatched').catch('unmatched'),
  cursor: z.string().max(500).optional(),
});
const PATH = '/indstillinger/forbindelser/indbakke';

/** The secretariat's pages of messages, and of those that fitted nobody. */
@Controller('indstillinger/forbindelser/indbakke')
@Roles('secretariat')
export class InboxPages {
  constructor(
    private readonly connections: ConnectionQueries,
    private readonly inbox: InboxQueries,
    private readonly sorting: InboxSortingService,
  ) {}

  @Get()
  @Page('tracking/inbox')
  async messages(@Query({ schema: inboxQuery }) { status, cursor }: z.output<typeof inboxQuery>) {
    const page = await this.inbox.list({ status, cursor, limit: 25 });
    const names = new Map((await this.connections.list()).map((one) => [one.id, one.name]));
    return {
      isUnmatched: status === 'unmatched',
      messages: page.items.map((message) => ({ ...message, connection: names.get(message.connectionId) })),
      firstQuery: cursor && queryString({ status }),
      nextQuery: page.nextCursor && queryString({ status, cursor: page.nextCursor }),
    };
  }

  @Get(':id')
  @Page('tracking/message')
  message(@Param('id', { schema: id }) messageId: number, @Query('q') q: unknown) {
    return this.messageModel(messageId, typeof q === 'string' ? q.slice(0, 200) : '', blankForm());
  }

  @Post(':id/tildel')
  @Page('tracking/message')
  async assign(
    @Param('id', { schema: id }) messageId: number,
    @Body() body: unknown,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    try {
      const { enrolmentId } = parseForm(assignment, body);
      await this.sorting.assign(messageId, enrolmentId, principal.personId);
      return new SeeOther(`${PATH}?done=message_assigned`);
    } catch (error) {
      const form = formWithErrors(body, error, requestLanguage(request));
      return new PageReply(await this.messageModel(messageId, '', form), 400);
    }
  }

  @Post(':id/igen')
  @Page('tracking/message')
  async replay(@Param('id', { schema: id }) messageId: number, @Current() principal: Principal) {
    const { status } = await this.sorting.replay(messageId, principal.personId);
    const target = status === 'applied' ? '?done=message_applied' : `/${messageId}?done=message_unmatched`;
    return new SeeOther(`${PATH}${target}`);
  }

  private async messageModel(messageId: number, q: string, form: FormModel) {
    const message = await this.inbox.find(messageId);
    if (!message) throw new DomainError('not_found', 'not_found');
    return { message, form, q, candidates: q ? await this.inbox.candidates(q) : [] };
  }
}
