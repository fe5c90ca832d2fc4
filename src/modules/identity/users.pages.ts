import { Body, Controller, Get, Inject, Post, Query, Req } from '@nestjs/common';
import { z } from 'zod';
import { Roles } from '../../common/access/access.decorator.js';
import { Current } from '../../common/access/current.decorator.js';
import type { Principal } from '../../common/access/principal.js';
import { Clock } from '../../common/clock.js';
import { randomToken } from '../../common/crypto.js';
import type { AppRequest } from '../../common/http/app-request.js';
import { idempotentCall } from '../../common/http/idempotent.decorator.js';
import { localDateOf } from '../../common/local-date.js';
import { ENV, type Env } from '../../config/env.js';
import { blankForm, formKey, formWithErrors, parseForm, type FormModel } from '../../web/forms/form.js';
import { requestLanguage } from '../../web/i18n/request-language.js';
import { queryString } from '../../web/query-string.js';
import { Page } from '../../web/render/page.decorator.js';
import { PageReply, SeeOther } from '../../web/render/page-reply.js';
import { MunicipalityQueries } from '../municipalities/index.js';
import { UserChoices } from './user-choices.js';
import { UserQueries } from './users.queries.js';
import { newUserForm } from './users.schemas.js';
import { UserService } from './users.service.js';

const empty = <S extends z.ZodType>(schema: S) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional()).catch(undefined);
const query = z.object({
  q: empty(z.string().max(200)),
  role: empty(z.enum(['secretariat', 'leader'])),
  municipality: empty(z.string().max(3)),
  cursor: z.string().max(500).optional(),
});

/** The secretariat's list of users, and the form that invites one. */
@Controller('indstillinger/brugere')
@Roles('secretariat')
export class UsersPages {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly users: UserService,
    private readonly queries: UserQueries,
    private readonly choices: UserChoices,
    private readonly municipalities: MunicipalityQueries,
  ) {}

  @Get()
  @Page('identity/users')
  async list(@Query({ schema: query }) { cursor, ...filter }: z.output<typeof query>) {
    const page = await this.queries.list({ ...filter, cursor, limit: 25 });
    return {
      filter,
      users: page.items,
      isFiltered: Object.values(filter).some(Boolean),
      firstQuery: cursor && queryString(filter),
      nextQuery: page.nextCursor && queryString({ ...filter, cursor: page.nextCursor }),
      municipalities: await this.municipalities.presentAndComing(
        localDateOf(this.clock.now(), this.env.TZ_NAME),
      ),
    };
  }

  @Get('ny')
  @Page('identity/new-user')
  async blank() {
    return this.formModel({ ...blankForm({ language: 'da' }), lists: { roles: ['leader'] } });
  }

  @Post('ny')
  @Page('identity/new-user')
  async invite(@Body() body: unknown, @Current() principal: Principal, @Req() request: AppRequest) {
    try {
      const input = parseForm(newUserForm, body, ['roles']);
      const user = await this.users.invite(input, principal.personId, idempotentCall(request, formKey(body)));
      return new SeeOther(`/indstillinger/brugere/${user.id}?done=user_invited`);
    } catch (error) {
      return new PageReply(await this.formModel(formWithErrors(body, error, requestLanguage(request))), 400);
    }
  }

  private async formModel(form: FormModel) {
    return {
      form,
      key: randomToken(),
      isSecretariat: form.lists?.['roles']?.includes('secretariat'),
      isLeader: form.lists?.['roles']?.includes('leader'),
      ...(await this.choices.all()),
    };
  }
}
