import { Body, Controller, Get, Inject, Post, Req } from '@nestjs/common';
import { Roles } from '../../common/access/access.decorator.js';
import { Current } from '../../common/access/current.decorator.js';
import type { Principal } from '../../common/access/principal.js';
import { randomToken } from '../../common/crypto.js';
import type { AppRequest } from '../../common/http/app-request.js';
import { idempotentCall } from '../../common/http/idempotent.decorator.js';
import { ENV, type Env } from '../../config/env.js';
import { blankForm, formKey, formWithErrors, parseForm, type FormModel } from '../../web/forms/form.js';
import { requestLanguage } from '../../web/i18n/request-language.js';
import { Page } from '../../web/render/page.decorator.js';
import { PageReply } from '../../web/render/page-reply.js';
import { CourseQueries } from '../courses/index.js';
import { CONNECTION_SHAPES } from './adapters/read-message.js';
import { courseChoices, newConnectionForm, type ShownSecret } from './connection-forms.js';
import { ConnectionQueries } from './connection.queries.js';
import { ConnectionService } from './connection.service.js';
import { InboxQueries } from './inbox.queries.js';

/** The secretariat's list of connections. */
@Controller('indstillinger/forbindelser')
@Roles('secretariat')
export class ConnectionsPages {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly connections: ConnectionService,
    private readonly queries: ConnectionQueries,
    private readonly inbox: InboxQueries,
    private readonly courses: CourseQueries,
  ) {}

  @Get()
  @Page('tracking/connections')
  show() {
    return this.model(blankForm({ shape: 'own' }));
  }

  @Post()
  @Page('tracking/connections')
  async create(@Body() body: unknown, @Current() principal: Principal, @Req() request: AppRequest) {
    try {
      const wish = parseForm(newConnectionForm, body, ['courseIds']);
      const call = idempotentCall(request, formKey(body));
      const { name, secret } = await this.connections.create(wish, principal.personId, call);
      return await this.model(blankForm({ shape: 'own' }), { name, secret });
    } catch (error) {
      return new PageReply(await this.model(formWithErrors(body, error, requestLanguage(request))), 400);
    }
  }

  private async model(form: FormModel, shown?: ShownSecret) {
    return {
      form,
      shown,
      key: randomToken(),
      shapes: CONNECTION_SHAPES,
      courses: courseChoices(await this.courses.list(), form.lists?.['courseIds']),
      webhookBase: `${this.env.PUBLIC_URL}/api/v1/webhooks/completions/`,
      connections: await this.queries.list(),
      unmatched: await this.inbox.countUnmatched(),
    };
  }
}
