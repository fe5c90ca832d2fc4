import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Roles, RolesOrLink } from '../../common/access/access.decorator.js';
import { Current } from '../../common/access/current.decorator.js';
import type { Principal } from '../../common/access/principal.js';
import { id } from '../../common/fields.js';
import { Idempotent } from '../../common/http/idempotent.decorator.js';
import type { IdempotentCall } from '../../database/idempotency.js';
import { GuideService } from './guide.service.js';
import { viewerOf } from './guide-viewer.js';
import { guideListed, guideView } from './guide-views.js';
import { guideQuery, newGuide } from './guides.schemas.js';
import { GuideQueries } from './reading/guide.queries.js';

/** Guides; an agent sees those that are meant for the agent. */
@ApiTags('guides')
@Controller('api/v1/guides')
export class GuidesController {
  constructor(
    private readonly guides: GuideService,
    private readonly queries: GuideQueries,
  ) {}

  /** Makes a guide; agents see it once a version is published. */
  @Post()
  @Roles('secretariat')
  @ApiCreatedResponse({ standardSchema: guideView })
  async create(
    @Body({ schema: newGuide }) { title }: z.output<typeof newGuide>,
    @Current() principal: Principal,
    @Idempotent() call: IdempotentCall,
  ) {
    const guide = await this.guides.create(title, principal.personId, call);
    return this.queries.find(viewerOf(principal), guide.id);
  }

  /** Guides, the last published first. `q` looks in titles, change notes and texts of the newest versions. */
  @Get()
  @RolesOrLink('secretariat', 'leader', 'agent')
  @ApiOkResponse({
    standardSchema: z.object({ items: z.array(guideListed), nextCursor: z.string().nullable() }),
  })
  list(@Query({ schema: guideQuery }) filter: z.output<typeof guideQuery>, @Current() principal: Principal) {
    return this.queries.list(viewerOf(principal), filter);
  }

  /** One guide with its versions, newest first. */
  @Get(':id')
  @RolesOrLink('secretariat', 'leader', 'agent')
  @ApiOkResponse({ standardSchema: guideView })
  show(@Param('id', { schema: id }) guideId: number, @Current() principal: Principal) {
    return this.queries.find(viewerOf(principal), guideId);
  }

  /** Puts a guide away: nobody is asked to read it any more. */
  @Post(':id/archivings')
  @HttpCode(200)
  @Roles('secretariat')
  @ApiOkResponse({ standardSchema: guideView })
  async archive(@Param('id', { schema: id }) guideId: number, @Current() principal: Principal) {
    await this.guides.archive(guideId, true, principal.personId);
    return this.queries.find(viewerOf(principal), guideId);
  }

  /** Takes a guide out again. */
  @Delete(':id/archivings')
  @HttpCode(204)
  @Roles('secretariat')
  @ApiNoContentResponse()
  takeOut(@Param('id', { schema: id }) guideId: number, @Current() principal: Principal): Promise<void> {
    return this.guides.archive(guideId, false, principal.personId);
  }
}
