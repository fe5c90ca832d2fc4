import { Body, Controller, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Roles, Scoped } from '../../common/access/access.decorator.js';
import { Current } from '../../common/access/current.decorator.js';
import type { Principal } from '../../common/access/principal.js';
import { id } from '../../common/fields.js';
import type { AppRequest } from '../../common/http/app-request.js';
import { Idempotent } from '../../common/http/idempotent.decorator.js';
import { packageUpload } from '../../common/http/package-upload.js';
import { Upload } from '../../common/http/upload.decorator.js';
import { parseInput } from '../../common/http/validation.js';
import { pageOfWhole, pageQuery } from '../../common/pagination.js';
import type { IdempotentCall } from '../../database/idempotency.js';
import { CourseQueries } from './course.queries.js';
import { CourseService } from './course.service.js';
import {
  courseView,
  newCourse,
  newVersion,
  packageVersion,
  publication,
  publicationPreview,
  versionView,
} from './courses.schemas.js';
import { PackageVersionService } from './package-version.service.js';
import { PublicationService } from './publication.service.js';

const wholeQuery = z.strictObject({ ...pageQuery });
const versionBody = {
  type: 'object' as const,
  properties: {
    launchUrl: { type: 'string' as const },
    changeNote: { type: 'string' as const },
    isRetake: { type: 'boolean' as const },
    file: { type: 'string' as const, format: 'binary' },
  },
};
const listed = courseView.extend({
  publishedVersion: z.number().nullable(),
  enrolled: z.number(),
  completed: z.number(),
});

/** E-learning courses and their versions. */
@ApiTags('courses')
@Controller('api/v1')
export class CoursesController {
  constructor(
    private readonly courses: CourseService,
    private readonly publications: PublicationService,
    private readonly packages: PackageVersionService,
    private readonly queries: CourseQueries,
  ) {}

  /** Makes a course; it reaches learners once a version is published. */
  @Post('courses')
  @Roles('secretariat')
  @ApiCreatedResponse({ standardSchema: courseView })
  create(
    @Body({ schema: newCourse }) body: z.output<typeof newCourse>,
    @Current() principal: Principal,
    @Idempotent() call: IdempotentCall,
  ) {
    return this.courses.create(body, principal.personId, call);
  }

  /** All courses. */
  @Get('courses')
  @Roles('secretariat', 'leader')
  @Scoped('courses:read')
  @ApiOkResponse({ standardSchema: z.object({ items: z.array(listed), nextCursor: z.string().nullable() }) })
  async list(@Query({ schema: wholeQuery }) page: z.output<typeof wholeQuery>) {
    return pageOfWhole(await this.queries.list(), page);
  }

  /**
   * Adds a draft version: an address as JSON, or a SCORM package as a form with the field `file` last (or as the body itself, with the
   * other fields in the address).
   */
  @Post('courses/:id/versions')
  @Roles('secretariat')
  @Upload('package')
  @ApiConsumes('application/json', 'multipart/form-data', 'application/zip')
  @ApiBody({ schema: versionBody })
  @ApiCreatedResponse({ standardSchema: versionView })
  addVersion(
    @Param('id', { schema: id }) courseId: number,
    @Req() request: AppRequest,
    @Current() principal: Principal,
    @Idempotent() call: IdempotentCall,
  ) {
    const uploaded = packageUpload(request);
    if (!uploaded)
      return this.courses.addVersion(
        courseId,
        parseInput(newVersion, request.body),
        principal.personId,
        call,
      );
    const told = parseInput(packageVersion, uploaded.fields);
    return this.packages.add(courseId, uploaded.file, told, principal.personId, call);
  }

  /** Approves a draft. */
  @Post('course-versions/:id/approvals')
  @HttpCode(200)
  @Roles('secretariat')
  @ApiOkResponse({ standardSchema: versionView })
  approve(@Param('id', { schema: id }) versionId: number, @Current() principal: Principal) {
    return this.courses.approve(versionId, principal.personId);
  }

  /** Publishes an approved version: new agents are enrolled in the course from now on. */
  @Post('course-versions/:id/publications')
  @HttpCode(200)
  @Roles('secretariat')
  @ApiOkResponse({ standardSchema: versionView })
  publish(
    @Param('id', { schema: id }) versionId: number,
    @Body({ schema: publication.optional() }) body: z.output<typeof publication> | undefined,
    @Current() principal: Principal,
  ) {
    return this.publications.publish(versionId, principal.personId, body?.enrol);
  }

  /** Whom publishing would enrol and mail; nothing is done. */
  @Get('course-versions/:id/publications/preview')
  @Roles('secretariat')
  @ApiOkResponse({ standardSchema: publicationPreview })
  preview(
    @Param('id', { schema: id }) versionId: number,
    @Query({ schema: publication }) query: z.output<typeof publication>,
  ) {
    return this.publications.preview(versionId, query.enrol);
  }
}
