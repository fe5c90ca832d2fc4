import { Body, Controller, Get, Param, Post, Req } from '@nestjs/common';
import { Roles } from '../../common/access/access.decorator.js';
import { Current } from '../../common/access/current.decorator.js';
import type { Principal } from '../../common/access/principal.js';
import { id } from '../../common/fields.js';
import type { AppRequest } from '../../common/http/app-request.js';
import { idempotentCall } from '../../common/http/idempotent.decorator.js';
import { formKey, formWithErrors, parseForm } from '../../web/forms/form.js';
import { requestLanguage } from '../../web/i18n/request-language.js';
import { Page } from '../../web/render/page.decorator.js';
import { PageReply, SeeOther } from '../../web/render/page-reply.js';
import { connectionForm } from './connection-forms.js';
import { ConnectionModel } from './connection-model.js';
import { ConnectionService } from './connection.service.js';
import { ConnectionTestService } from './connection-test.service.js';

const PATH = '/indstillinger/forbindelser';

/** The secretariat's page of one connection. */
@Controller('indstillinger/forbindelser/:id')
@Roles('secretariat')
export class ConnectionPages {
  constructor(
    private readonly model: ConnectionModel,
    private readonly connections: ConnectionService,
    private readonly tests: ConnectionTestService,
  ) {}

  @Get()
  @Page('tracking/connection')
  show(@Param('id', { schema: id }) connectionId: number) {
    return this.model.of(connectionId);
  }

  @Post()
  @Page('tracking/connection')
  async change(
    @Param('id', { schema: id }) connectionId: number,
    @Body() body: unknown,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    try {
      const { courseIds, ...changes } = parseForm(connectionForm, body, ['courseIds']);
      const wish = { ...changes, courseIds: courseIds ?? null };
      await this.connections.change(connectionId, wish, principal.personId);
      return new SeeOther(`${PATH}/${connectionId}?done=connection_changed`);
    } catch (error) {
      const form = formWithErrors(body, error, requestLanguage(request));
      return new PageReply(await this.model.of(connectionId, { form }), 400);
    }
  }

  @Post('ny-noegle')
  @Page('tracking/connection')
  async rotate(
    @Param('id', { schema: id }) connectionId: number,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    const call = idempotentCall(request, formKey(request.body));
    const { secret } = await this.connections.rotateSecret(connectionId, principal.personId, call);
    return this.model.of(connectionId, { shown: { secret } });
  }

  @Post('test')
  @Page('tracking/connection')
  async test(@Param('id', { schema: id }) connectionId: number, @Current() principal: Principal) {
    await this.tests.send(connectionId, principal.personId);
    return new SeeOther(`${PATH}/${connectionId}?done=connection_tested`);
  }
}
