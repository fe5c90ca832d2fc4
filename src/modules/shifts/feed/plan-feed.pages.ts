import { Body, Controller, Get, Post, Req } from '@nestjs/common';
import { z } from 'zod';
import { Roles } from '../../../common/access/access.decorator.js';
import { Current } from '../../../common/access/current.decorator.js';
import type { Principal } from '../../../common/access/principal.js';
import { line } from '../../../common/fields.js';
import type { AppRequest } from '../../../common/http/app-request.js';
import { blankForm, formWithErrors, parseForm, type FormModel } from '../../../web/forms/form.js';
import { requestLanguage } from '../../../web/i18n/request-language.js';
import { translator } from '../../../web/i18n/translate.js';
import { Page } from '../../../web/render/page.decorator.js';
import { PageReply, SeeOther } from '../../../web/render/page-reply.js';
import { PLAN_COVERS } from '../entities/shift-plan.entity.js';
import { PlanAge } from '../plan-age.js';
import { PlanFeed } from './plan-feed.js';
import { PlanFeedService } from './plan-feed.service.js';

const version = z.coerce.number().int().min(1);
const feedForm = z.object({
  url: line(1000),
  token: line(2000).optional(),
  covers: z.enum(PLAN_COVERS).default('municipalities'),
  version,
});
const PATH = '/indstillinger/vagtplan';

/** The secretariat says where the shift plan is fetched from. */
@Controller('indstillinger/vagtplan')
@Roles('secretariat')
export class PlanFeedPages {
  constructor(
    private readonly service: PlanFeedService,
    private readonly feed: PlanFeed,
    private readonly age: PlanAge,
  ) {}

  @Get()
  @Page('shifts/feed')
  async show(@Req() request: AppRequest) {
    const { url, covers } = await this.service.find();
    return this.model(blankForm({ url: url ?? '', covers }), requestLanguage(request));
  }

  @Post()
  @Page('shifts/feed')
  async save(@Body() body: unknown, @Current() principal: Principal, @Req() request: AppRequest) {
    try {
      const { token, ...settings } = parseForm(feedForm, body);
      await this.service.set({ ...settings, token }, principal.personId);
      return new SeeOther(`${PATH}?done=feed_set`);
    } catch (error) {
      return this.again(body, error, request);
    }
  }

  @Post('hent')
  @Page('shifts/feed')
  async fetch() {
    await this.feed.fetchNow();
    const { failure } = await this.service.find();
    return new SeeOther(failure ? PATH : `${PATH}?done=feed_fetched`);
  }

  @Post('stop')
  @Page('shifts/feed')
  async stop(@Body() body: unknown, @Current() principal: Principal, @Req() request: AppRequest) {
    try {
      await this.service.stop(parseForm(z.object({ version }), body).version, principal.personId);
      return new SeeOther(`${PATH}?done=feed_stopped`);
    } catch (error) {
      return this.again({}, error, request);
    }
  }

  private async again(body: unknown, error: unknown, request: AppRequest) {
    const language = requestLanguage(request);
    // What is secret is typed anew.
    const form = formWithErrors(body, error, language);
    return new PageReply(await this.model({ ...form, values: { ...form.values, token: '' } }, language), 400);
  }

  private async model(form: FormModel, language: string) {
    const feed = await this.service.find();
    return {
      form,
      feed,
      failure: feed.failure && translator(language)(`problem.${feed.failure}`),
      age: await this.age.now(),
    };
  }
}
