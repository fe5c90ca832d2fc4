import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Roles, Scoped } from '../../common/access/access.decorator.js';
import { Current } from '../../common/access/current.decorator.js';
import type { Principal } from '../../common/access/principal.js';
import { id } from '../../common/fields.js';
import { Idempotent } from '../../common/http/idempotent.decorator.js';
import { pageOfWhole, pageQuery } from '../../common/pagination.js';
import type { IdempotentCall } from '../../database/idempotency.js';
import { CourseQueries } from './course.queries.js';
import { CourseService } from './course.service.js';
import {
  courseView,
  newCourse,
  newVersion,
  publication,
  publicationPreview,
  versionView,
} from './courses.schemas.js';
import { PublicationService } from './publication.service.js';

const wholeQuery = z.strictObject({ ...pageQuery });
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

  /** Adds a draft version. */
  @Post('courses/:id/versions')
  @Roles('secretariat')
  @ApiCreatedResponse({ standardSchema: versionView })
  addVersion(
    @Param('id', { schema: id }) courseId: number,
    @Body({ schema: newVersion }) body: z.output<typeof newVersion>,
    @Current() principal: Principal,
    @Idempotent() call: IdempotentCall,
  ) {
    return this.courses.addVersion(courseId, body, principal.personId, call);
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
