import { Body, Controller, Get, Inject, Param, Post, Query, Req } from '@nestjs/common';
import { z } from 'zod';
import { Roles } from '../../common/access/access.decorator.js';
import { Current } from '../../common/access/current.decorator.js';
import type { Principal } from '../../common/access/principal.js';
import { randomToken } from '../../common/crypto.js';
import { DomainError } from '../../common/domain-error.js';
import { id, line } from '../../common/fields.js';
import type { AppRequest } from '../../common/http/app-request.js';
import { idempotentCall } from '../../common/http/idempotent.decorator.js';
import { ENV, type Env } from '../../config/env.js';
import { blankForm, formKey, formWithErrors, parseForm, type FormModel } from '../../web/forms/form.js';
import { requestLanguage } from '../../web/i18n/request-language.js';
import { queryString } from '../../web/query-string.js';
import { Page } from '../../web/render/page.decorator.js';
import { PageReply, SeeOther } from '../../web/render/page-reply.js';
import { ConnectionQueries } from './connection.queries.js';
import { ConnectionService } from './connection.service.js';
import { InboxQueries } from './inbox.queries.js';
import { InboxSortingService } from './inbox-sorting.service.js';

const newConnection = z.object({ name: line(60) });
const assignment = z.object({ enrolmentId: id });
const inboxQuery = z.object({
  status: z.enum(['unmatched', 'applied']).default('unmatched').catch('unmatched'),
  cursor: z.string().max(500).optional(),
});
const PATH = '/indstillinger/forbindelser';

/** A secret as it is shown, this once. */
interface Shown {
  name: string;
  secret: string | undefined;
}

/** The secretariat's page of connections, and of the messages that fitted nobody. */
@Controller('indstillinger/forbindelser')
@Roles('secretariat')
export class ConnectionsPages {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly connections: ConnectionService,
    private readonly queries: ConnectionQueries,
    private readonly inbox: InboxQueries,
    private readonly sorting: InboxSortingService,
  ) {}

  @Get()
  @Page('tracking/connections')
  show() {
    return this.model(blankForm());
  }

  @Post()
  @Page('tracking/connections')
  async create(@Body() body: unknown, @Current() principal: Principal, @Req() request: AppRequest) {
    try {
      const { name } = parseForm(newConnection, body);
      const call = idempotentCall(request, formKey(body));
      const made = await this.connections.create({ name, shape: 'own' }, principal.personId, call);
      return await this.model(blankForm(), { name, secret: made.secret });
    } catch (error) {
      return new PageReply(await this.model(formWithErrors(body, error, requestLanguage(request))), 400);
    }
  }

  @Post(':id/ny-noegle')
  @Page('tracking/connections')
  async rotate(
    @Param('id', { schema: id }) connectionId: number,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    const call = idempotentCall(request, formKey(request.body));
    const { secret } = await this.connections.rotateSecret(connectionId, principal.personId, call);
    const name = (await this.queries.list()).find((one) => one.id === connectionId)?.name ?? '';
    return this.model(blankForm(), { name, secret });
  }

  @Get('indbakke')
  @Page('tracking/inbox')
  async messages(@Query({ schema: inboxQuery }) { status, cursor }: z.output<typeof inboxQuery>) {
    const page = await this.inbox.list({ status, cursor, limit: 25 });
    const names = new Map((await this.queries.list()).map((one) => [one.id, one.name]));
    return {
      isUnmatched: status === 'unmatched',
      messages: page.items.map((message) => ({ ...message, connection: names.get(message.connectionId) })),
      firstQuery: cursor && queryString({ status }),
      nextQuery: page.nextCursor && queryString({ status, cursor: page.nextCursor }),
    };
  }

  @Get('indbakke/:id')
  @Page('tracking/message')
  message(@Param('id', { schema: id }) messageId: number, @Query('q') q: unknown) {
    return this.messageModel(messageId, typeof q === 'string' ? q.slice(0, 200) : '', blankForm());
  }

  @Post('indbakke/:id/tildel')
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
      return new SeeOther(`${PATH}/indbakke?done=message_assigned`);
    } catch (error) {
      const form = formWithErrors(body, error, requestLanguage(request));
      return new PageReply(await this.messageModel(messageId, '', form), 400);
    }
  }

  @Post('indbakke/:id/igen')
  @Page('tracking/message')
  async replay(@Param('id', { schema: id }) messageId: number, @Current() principal: Principal) {
    const { status } = await this.sorting.replay(messageId, principal.personId);
    const target =
      status === 'applied' ? 'indbakke?done=message_applied' : `indbakke/${messageId}?done=message_unmatched`;
    return new SeeOther(`${PATH}/${target}`);
  }

  private async model(form: FormModel, shown?: Shown) {
    return {
      form,
      shown,
      key: randomToken(),
      webhookBase: `${this.env.PUBLIC_URL}/api/v1/webhooks/completions/`,
      connections: await this.queries.list(),
      unmatched: await this.inbox.countUnmatched(),
    };
  }

  private async messageModel(messageId: number, q: string, form: FormModel) {
    const message = await this.inbox.find(messageId);
    if (!message) throw new DomainError('not_found', 'not_found');
    return { message, form, q, candidates: q ? await this.inbox.candidates(q) : [] };
  }
}
