import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Roles, RolesOrLink } from '../../common/access/access.decorator.js';
import { Current } from '../../common/access/current.decorator.js';
import type { Principal } from '../../common/access/principal.js';
import { id } from '../../common/fields.js';
import { Idempotent } from '../../common/http/idempotent.decorator.js';
import { ENV, type Env } from '../../config/env.js';
import type { IdempotentCall } from '../../database/idempotency.js';
import { GuideService } from './guide.service.js';
import { viewerOf } from './guide-viewer.js';
import { diffView, previewView, wholeVersionView } from './guide-views.js';
import { newGuideVersion, toNewVersion } from './guides.schemas.js';
import { PublicationPreviewQueries } from './publishing/publication-preview.queries.js';
import { VersionDiffs } from './reading/version-diff.js';
import { VersionQueries, type WholeVersion } from './reading/version.queries.js';

const diffQuery = z.strictObject({ since: id.optional() });

/** Versions of guides. */
@ApiTags('guides')
@Controller('api/v1/guides/:id')
export class GuideVersionsController {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly guides: GuideService,
    private readonly previews: PublicationPreviewQueries,
    private readonly versions: VersionQueries,
    private readonly diffs: VersionDiffs,
  ) {}

  /**
   * Publishes the next version. Agents of the audience are asked to read it before their first shift from `effectiveFrom` on; of a
   * minor one only those who have not read the one before.
   */
  @Post('versions')
  @Roles('secretariat')
  @ApiCreatedResponse({ standardSchema: wholeVersionView })
  async publish(
    @Param('id', { schema: id }) guideId: number,
    @Body({ schema: newGuideVersion }) body: z.output<typeof newGuideVersion>,
    @Current() principal: Principal,
    @Idempotent() call: IdempotentCall,
  ) {
    const version = toNewVersion(body, this.env.TZ_NAME);
    const made = await this.guides.publish(guideId, version, principal.personId, call);
    return withoutRightAnswers(await this.versions.byId(viewerOf(principal), made.id));
  }

  /** How many agents publishing this version would ask, and for how long; nothing is done. */
  @Post('version-previews')
  @HttpCode(200)
  @Roles('secretariat')
  @ApiOkResponse({ standardSchema: previewView })
  preview(
    @Param('id', { schema: id }) guideId: number,
    @Body({ schema: newGuideVersion }) body: z.output<typeof newGuideVersion>,
  ) {
    return this.previews.of(guideId, toNewVersion(body, this.env.TZ_NAME));
  }

  /** One version with its text. */
  @Get('versions/:n')
  @RolesOrLink('secretariat', 'leader', 'agent')
  @ApiOkResponse({ standardSchema: wholeVersionView })
  async show(
    @Param('id', { schema: id }) guideId: number,
    @Param('n', { schema: id }) number: number,
    @Current() principal: Principal,
  ) {
    return withoutRightAnswers(await this.versions.find(viewerOf(principal), guideId, number));
  }

  /**
   * What was changed since an earlier version. Without `since`: since the last version that the calling agent has read, for others since
   * the one before. The parts that are `same` or `added`, put together, are the Markdown of the later version.
   */
  @Get('versions/:n/diff')
  @RolesOrLink('secretariat', 'leader', 'agent')
  @ApiOkResponse({ standardSchema: diffView })
  diff(
    @Param('id', { schema: id }) guideId: number,
    @Param('n', { schema: id }) number: number,
    @Query({ schema: diffQuery }) { since }: z.output<typeof diffQuery>,
    @Current() principal: Principal,
  ) {
    return this.diffs.of(viewerOf(principal), guideId, number, since);
  }
}

/** The questions as they are asked. */
function withoutRightAnswers({ questions, archivedAt: _, ...version }: WholeVersion) {
  return { ...version, questions: questions.map(({ question, answers }) => ({ question, answers })) };
}
