import { Controller, Post, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiCreatedResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Roles } from '../../../common/access/access.decorator.js';
import { Current } from '../../../common/access/current.decorator.js';
import type { Principal } from '../../../common/access/principal.js';
import type { AppRequest } from '../../../common/http/app-request.js';
import { Idempotent } from '../../../common/http/idempotent.decorator.js';
import { Upload } from '../../../common/http/upload.decorator.js';
import type { IdempotentCall } from '../../../database/idempotency.js';
import { uploadedFile } from '../../imports/index.js';
import { IMAGE_PATH } from '../text/render-markdown.rules.js';
import { GuideImageService } from './guide-image.service.js';

const imageView = z.object({ id: z.number(), path: z.string() });
const file = { type: 'string' as const, format: 'binary' };

/** Images that stand in guides. */
@ApiTags('guides')
@Controller('api/v1/guide-images')
export class GuideImagesController {
  constructor(private readonly images: GuideImageService) {}

  /** Uploads a PNG, JPEG, GIF or WebP image of at most 2 MB; `path` goes into the Markdown of a guide. */
  @Post()
  @Roles('secretariat')
  @Upload('table')
  @ApiConsumes('multipart/form-data')
  @ApiBody({ schema: { type: 'object', properties: { file } } })
  @ApiCreatedResponse({ standardSchema: imageView })
  async upload(
    @Req() request: AppRequest,
    @Current() principal: Principal,
    @Idempotent() call: IdempotentCall,
  ) {
    const { id } = await this.images.add(uploadedFile(request), principal.personId, call);
    return { id, path: `${IMAGE_PATH}${id}` };
  }
}
