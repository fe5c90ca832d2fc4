import { Body, Controller, Get, Inject, Param, Post, Req } from '@nestjs/common';
import { Roles } from '../../common/access/access.decorator.js';
import { Current } from '../../common/access/current.decorator.js';
import type { Principal } from '../../common/access/principal.js';
import { Clock } from '../../common/clock.js';
import { randomToken } from '../../common/crypto.js';
import { id } from '../../common/fields.js';
import type { AppRequest } from '../../common/http/app-request.js';
import { idempotentCall } from '../../common/http/idempotent.decorator.js';
import { localDateOf } from '../../common/local-date.js';
import { ENV, type Env } from '../../config/env.js';
import { blankForm, formKey, formWithErrors, parseForm, type FormModel } from '../../web/forms/form.js';
import { requestLanguage } from '../../web/i18n/request-language.js';
import { Page } from '../../web/render/page.decorator.js';
import { PageReply, SeeOther } from '../../web/render/page-reply.js';
import { AbsenceService } from './absence.service.js';
import { UserChangesService } from './user-changes.service.js';
import { UserChoices } from './user-choices.js';
import { UserQueries, type UserRow } from './users.queries.js';
import { newAbsence, userForm } from './users.schemas.js';

/** A user's page: edit, absences, lock out. */
@Controller('indstillinger/brugere/:id')
@Roles('secretariat')
export class UserPages {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly queries: UserQueries,
    private readonly changes: UserChangesService,
    private readonly absences: AbsenceService,
    private readonly choices: UserChoices,
  ) {}

  @Get()
  @Page('identity/user')
  async show(@Param('id', { schema: id }) userId: number) {
    return this.model(userId);
  }

  @Post()
  @Page('identity/user')
  async change(
    @Param('id', { schema: id }) userId: number,
    @Body() body: unknown,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    try {
      await this.changes.change(userId, parseForm(userForm, body, ['roles']), principal.personId);
      return new SeeOther(`/indstillinger/brugere/${userId}?done=user_changed`);
    } catch (error) {
      const form = formWithErrors(body, error, requestLanguage(request));
      return new PageReply(await this.model(userId, form), 400);
    }
  }

  @Post('aktiv')
  @Page('identity/user')
  async setActive(@Param('id', { schema: id }) userId: number, @Current() principal: Principal) {
    const { version, active } = await this.queries.find(userId);
    await this.changes.change(userId, { version, active: !active }, principal.personId);
    return new SeeOther(
      `/indstillinger/brugere/${userId}?done=${active ? 'user_deactivated' : 'user_activated'}`,
    );
  }

  @Post('fravaer')
  @Page('identity/user')
  async addAbsence(
    @Param('id', { schema: id }) userId: number,
    @Body() body: unknown,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    try {
      const call = idempotentCall(request, formKey(body));
      await this.absences.add(userId, parseForm(newAbsence, body), principal.personId, call);
      return new SeeOther(`/indstillinger/brugere/${userId}?done=absence_added`);
    } catch (error) {
      const absenceForm = formWithErrors(body, error, requestLanguage(request));
      return new PageReply(await this.model(userId, undefined, absenceForm), 400);
    }
  }

  @Post('fravaer/:absence/slet')
  @Page('identity/user')
  async removeAbsence(
    @Param('id', { schema: id }) userId: number,
    @Param('absence', { schema: id }) absenceId: number,
    @Current() principal: Principal,
  ) {
    await this.absences.remove(userId, absenceId, principal.personId);
    return new SeeOther(`/indstillinger/brugere/${userId}?done=absence_removed`);
  }

  private async model(userId: number, form?: FormModel, absenceForm = blankForm()) {
    const user = await this.queries.find(userId);
    const shown = form ?? filled(user);
    return {
      user,
      pageTitle: `${user.firstName} ${user.lastName}`,
      form: shown,
      absenceForm,
      key: randomToken(),
      isSecretariat: shown.lists?.['roles']?.includes('secretariat'),
      isLeader: shown.lists?.['roles']?.includes('leader'),
      absences: await this.absences.coming(userId, localDateOf(this.clock.now(), this.env.TZ_NAME)),
      ...(await this.choices.all(userId)),
    };
  }
}

function filled(user: UserRow): FormModel {
  const { firstName, lastName, email, language, municipalityCode, deputyId, version } = user;
  return {
    ...blankForm({
      firstName,
      lastName,
      email,
      language,
      municipalityCode: municipalityCode ?? '',
      deputyId: deputyId === null ? '' : String(deputyId),
      version: String(version),
    }),
    lists: { roles: user.roles },
  };
}
