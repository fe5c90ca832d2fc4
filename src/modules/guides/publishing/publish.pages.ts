import { Body, Controller, Get, Inject, Param, Post, Req } from '@nestjs/common';
import { Roles } from '../../../common/access/access.decorator.js';
import { Current } from '../../../common/access/current.decorator.js';
import type { Principal } from '../../../common/access/principal.js';
import { randomToken } from '../../../common/crypto.js';
import { DomainError } from '../../../common/domain-error.js';
import { id } from '../../../common/fields.js';
import type { AppRequest } from '../../../common/http/app-request.js';
import { idempotentCall } from '../../../common/http/idempotent.decorator.js';
import { ENV, type Env } from '../../../config/env.js';
import { formKey, formWithErrors, type FormModel } from '../../../web/forms/form.js';
import { renamed } from '../../../web/forms/renamed.js';
import { requestLanguage } from '../../../web/i18n/request-language.js';
import { Page } from '../../../web/render/page.decorator.js';
import { PageReply, SeeOther } from '../../../web/render/page-reply.js';
import { GuideService } from '../guide.service.js';
import { GuideQueries } from '../reading/guide.queries.js';
import { VersionQueries } from '../reading/version.queries.js';
import { PreviewModel } from './preview-model.js';
import { PublishChoices } from './publish-choices.js';
import { nextVersionForm, readVersion, typedForm, versionFieldOf } from './publish-form.js';

const STAFF = { seesAll: true, agentId: null };

/** The secretariat writes a version, sees whom it asks, and publishes it. */
@Controller('guides/:id/ny-version')
@Roles('secretariat')
export class PublishPages {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly guides: GuideService,
    private readonly queries: GuideQueries,
    private readonly versions: VersionQueries,
    private readonly previews: PreviewModel,
    private readonly choices: PublishChoices,
  ) {}

  @Get()
  @Page('guides/publish')
  async blank(@Param('id', { schema: id }) guideId: number) {
    const { title } = await this.queries.find(STAFF, guideId);
    const newest = await this.versions.newest(STAFF, guideId);
    return this.model(guideId, nextVersionForm(title, this.choices.today(), newest));
  }

  /** Each button of the form says how far it goes: look at it, go back and mend it, publish it. */
  @Post()
  @Page('guides/publish')
  async take(
    @Param('id', { schema: id }) guideId: number,
    @Body() body: unknown,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    const step = (body as { trin?: unknown } | null)?.trin;
    if (step === 'ret') return this.model(guideId, typedForm(body));
    try {
      const version = readVersion(body, this.env.TZ_NAME);
      if (step !== 'udgiv') {
        const preview = await this.previews.of(guideId, version, body, requestLanguage(request));
        return new PageReply(preview, 200, 'guides/publish-preview');
      }
      await this.guides.publish(guideId, version, principal.personId, idempotentCall(request, formKey(body)));
      return new SeeOther(`/guides/${guideId}?done=guide_published`);
    } catch (error) {
      const faulty = error instanceof DomainError ? renamed(error, versionFieldOf) : error;
      const form = formWithErrors(body, faulty, requestLanguage(request));
      return new PageReply(await this.model(guideId, form), 400);
    }
  }

  private async model(guideId: number, form: FormModel) {
    const guide = await this.queries.find(STAFF, guideId);
    return {
      guide,
      form,
      isFirst: guide.versions.length === 0,
      key: randomToken(),
      ...(await this.choices.of(form)),
    };
  }
}
