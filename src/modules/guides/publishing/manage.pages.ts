import { Body, Controller, Get, Param, Post, Req } from '@nestjs/common';
import { Roles } from '../../../common/access/access.decorator.js';
import { Current } from '../../../common/access/current.decorator.js';
import type { Principal } from '../../../common/access/principal.js';
import { randomToken } from '../../../common/crypto.js';
import { id } from '../../../common/fields.js';
import type { AppRequest } from '../../../common/http/app-request.js';
import { idempotentCall } from '../../../common/http/idempotent.decorator.js';
import { blankForm, formKey, formWithErrors, parseForm } from '../../../web/forms/form.js';
import { requestLanguage } from '../../../web/i18n/request-language.js';
import { Page } from '../../../web/render/page.decorator.js';
import { PageReply, SeeOther } from '../../../web/render/page-reply.js';
import { GuideService } from '../guide.service.js';
import { newGuide } from '../guides.schemas.js';
import { VersionQueries } from '../reading/version.queries.js';

/** The secretariat makes guides, takes versions back and puts guides away. */
@Controller('guides')
@Roles('secretariat')
export class ManagePages {
  constructor(
    private readonly guides: GuideService,
    private readonly versions: VersionQueries,
  ) {}

  @Get('ny')
  @Page('guides/new')
  blank() {
    return { form: blankForm(), key: randomToken() };
  }

  @Post('ny')
  @Page('guides/new')
  async create(@Body() body: unknown, @Current() principal: Principal, @Req() request: AppRequest) {
    try {
      const { title } = parseForm(newGuide, body);
      const call = idempotentCall(request, formKey(body));
      const guide = await this.guides.create(title, principal.personId, call);
      return new SeeOther(`/guides/${guide.id}/ny-version`);
    } catch (error) {
      const form = formWithErrors(body, error, requestLanguage(request));
      return new PageReply({ form, key: randomToken() }, 400);
    }
  }

  @Post(':id/versioner/:n/traek-tilbage')
  @Page('guides/guide')
  async withdraw(
    @Param('id', { schema: id }) guideId: number,
    @Param('n', { schema: id }) number: number,
    @Current() principal: Principal,
  ) {
    const version = await this.versions.find({ seesAll: true, agentId: null }, guideId, number);
    await this.guides.withdraw(version.id, principal.personId);
    return new SeeOther(`/guides/${guideId}?done=guide_version_withdrawn`);
  }

  @Post(':id/arkiver')
  @Page('guides/guide')
  async archive(@Param('id', { schema: id }) guideId: number, @Current() principal: Principal) {
    await this.guides.archive(guideId, true, principal.personId);
    return new SeeOther(`/guides/${guideId}?done=guide_archived`);
  }

  @Post(':id/tag-frem')
  @Page('guides/guide')
  async takeOut(@Param('id', { schema: id }) guideId: number, @Current() principal: Principal) {
    await this.guides.archive(guideId, false, principal.personId);
    return new SeeOther(`/guides/${guideId}?done=guide_taken_out`);
  }
}
