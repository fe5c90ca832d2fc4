import { Controller, Get, Param, Post, Query, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiExcludeEndpoint } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Roles, RolesOrLink } from '../../../common/access/access.decorator.js';
import { Current } from '../../../common/access/current.decorator.js';
import type { Principal } from '../../../common/access/principal.js';
import { randomToken } from '../../../common/crypto.js';
import { id } from '../../../common/fields.js';
import type { AppRequest } from '../../../common/http/app-request.js';
import { idempotentCall } from '../../../common/http/idempotent.decorator.js';
import { Upload } from '../../../common/http/upload.decorator.js';
import { blankForm, formKey, formWithErrors, type FormModel } from '../../../web/forms/form.js';
import { requestLanguage } from '../../../web/i18n/request-language.js';
import { queryString } from '../../../web/query-string.js';
import { Page } from '../../../web/render/page.decorator.js';
import { PageReply, SeeOther } from '../../../web/render/page-reply.js';
import { uploadedFile } from '../../imports/index.js';
import { GuideImageQueries } from './guide-image.queries.js';
import { GuideImageService } from './guide-image.service.js';

const query = z.object({ cursor: z.string().max(500).optional() });
const A_PAGE = 20;
const KEPT = 'private, max-age=31536000, immutable';

/** The images of guides: uploaded by the secretariat, shown to everyone who is signed in. */
@Controller('guides/billeder')
export class GuideImagesPages {
  constructor(
    private readonly images: GuideImageService,
    private readonly queries: GuideImageQueries,
  ) {}

  @Get()
  @Roles('secretariat')
  @Page('guides/images')
  list(@Query({ schema: query }) { cursor }: z.output<typeof query>) {
    return this.model(blankForm(), cursor);
  }

  @Post()
  @Roles('secretariat')
  @Upload('table')
  @Page('guides/images')
  async upload(@Req() request: AppRequest, @Current() principal: Principal) {
    try {
      const call = idempotentCall(request, formKey(request.body));
      await this.images.add(uploadedFile(request), principal.personId, call);
      return new SeeOther('/guides/billeder?done=image_uploaded');
    } catch (error) {
      return new PageReply(await this.model(formWithErrors({}, error, requestLanguage(request))), 400);
    }
  }

  /** An image never changes, so browsers may keep it. */
  @Get(':id')
  @RolesOrLink('secretariat', 'leader', 'agent')
  @ApiExcludeEndpoint()
  async show(
    @Param('id', { schema: id }) imageId: number,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const { contentType, content } = await this.queries.content(imageId);
    // Not by a decorator: what is not found must not be kept.
    reply.headers({ 'cache-control': KEPT, 'x-content-type-options': 'nosniff' });
    return new StreamableFile(content, { type: contentType, disposition: 'inline' });
  }

  private async model(form: FormModel, cursor?: string) {
    const page = await this.queries.list({ limit: A_PAGE, cursor });
    return {
      form,
      key: randomToken(),
      images: page.items.map((image) => ({ ...image, kilobytes: Math.ceil(image.bytes / 1024) })),
      firstQuery: cursor && queryString({}),
      nextQuery: page.nextCursor && queryString({ cursor: page.nextCursor }),
    };
  }
}
