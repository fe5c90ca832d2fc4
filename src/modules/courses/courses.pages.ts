import { Body, Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import { z } from 'zod';
import { Roles } from '../../common/access/access.decorator.js';
import { Current } from '../../common/access/current.decorator.js';
import type { Principal } from '../../common/access/principal.js';
import { DomainError } from '../../common/domain-error.js';
import { id } from '../../common/fields.js';
import type { AppRequest } from '../../common/http/app-request.js';
import { packageUpload } from '../../common/http/package-upload.js';
import { Upload } from '../../common/http/upload.decorator.js';
import { parseInput } from '../../common/http/validation.js';
import { idempotentCall } from '../../common/http/idempotent.decorator.js';
import { randomToken } from '../../common/crypto.js';
import { blankForm, formKey, formWithErrors, parseForm, type FormModel } from '../../web/forms/form.js';
import { requestLanguage } from '../../web/i18n/request-language.js';
import { Page } from '../../web/render/page.decorator.js';
import { PageReply, SeeOther } from '../../web/render/page-reply.js';
import { CREDIT_RULES } from './completion.rules.js';
import { CourseQueries } from './course.queries.js';
import { CourseService } from './course.service.js';
import { newCourse, newVersion, packageVersion, publication } from './courses.schemas.js';
import { PackageVersionService } from './package-version.service.js';
import { PublicationService } from './publication.service.js';
import { VersionPackages } from './version-packages.js';

const courseForm = newCourse.extend({
  estimatedMinutes: z.coerce.number().int().min(1).max(6000),
  requiredBeforeFirstShift: z
    .literal('ja')
    .optional()
    .transform((ticked) => ticked === 'ja'),
});

/** The secretariat's pages about e-learning courses. */
@Controller('e-laering')
@Roles('secretariat')
export class CoursesPages {
  constructor(
    private readonly courses: CourseService,
    private readonly publications: PublicationService,
    private readonly packages: PackageVersionService,
    private readonly queries: CourseQueries,
    private readonly versions: VersionPackages,
  ) {}

  @Get()
  @Page('courses/list')
  async list() {
    return { courses: await this.queries.list() };
  }

  @Get('ny')
  @Page('courses/new')
  blank() {
    return this.formModel(blankForm({ audience: 'agent', requiredBeforeFirstShift: 'ja' }), randomToken());
  }

  @Post('ny')
  @Page('courses/new')
  async create(@Body() body: unknown, @Current() principal: Principal, @Req() request: AppRequest) {
    try {
      const call = idempotentCall(request, formKey(body));
      const course = await this.courses.create(parseForm(courseForm, body), principal.personId, call);
      return new SeeOther(`/e-laering/${course.id}?done=course_created`);
    } catch (error) {
      const form = formWithErrors(body, error, requestLanguage(request));
      return new PageReply(this.formModel(form, randomToken()), 400);
    }
  }

  @Get(':id')
  @Page('courses/course')
  async show(@Param('id', { schema: id }) courseId: number) {
    return this.courseModel(courseId, blankForm());
  }

  @Post(':id/versioner')
  @Page('courses/course')
  async addVersion(
    @Param('id', { schema: id }) courseId: number,
    @Body() body: unknown,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    try {
      const call = idempotentCall(request, formKey(body));
      await this.courses.addVersion(courseId, parseForm(newVersion, body), principal.personId, call);
      return new SeeOther(`/e-laering/${courseId}?done=version_drafted`);
    } catch (error) {
      const form = formWithErrors(body, error, requestLanguage(request));
      return new PageReply(await this.courseModel(courseId, form), 400);
    }
  }

  /** A package as a new draft; the file comes last, so that what stands before it is known when it arrives. */
  @Post(':id/pakker')
  @Upload('package')
  @Page('courses/course')
  async upload(
    @Param('id', { schema: id }) courseId: number,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    try {
      const uploaded = packageUpload(request);
      const told = parseInput(packageVersion, uploaded?.fields);
      const call = idempotentCall(request, formKey(request.body));
      const version = await this.packages.add(courseId, uploaded?.file, told, principal.personId, call);
      return new SeeOther(`/e-laering/${courseId}?done=package_taken#version-${version.number}`);
    } catch (error) {
      const form = formWithErrors(request.body, error, requestLanguage(request));
      return new PageReply(await this.courseModel(courseId, form), 400);
    }
  }

  @Post(':id/versioner/:version/godkend')
  @Page('courses/course')
  async approve(
    @Param('id', { schema: id }) courseId: number,
    @Param('version', { schema: id }) versionId: number,
    @Current() principal: Principal,
  ) {
    await this.courses.approve(versionId, principal.personId);
    return new SeeOther(`/e-laering/${courseId}?done=version_approved`);
  }

  /** Before anything is published: who is enrolled, and who is written to. */
  @Get(':id/versioner/:version/udgiv')
  @Page('courses/publish')
  async preview(
    @Param('id', { schema: id }) courseId: number,
    @Param('version', { schema: id }) versionId: number,
    @Query({ schema: publication }) { enrol }: z.output<typeof publication>,
  ) {
    const course = await this.queries.find(courseId);
    const version = (await this.queries.versions(courseId)).find((one) => one.id === versionId);
    if (!course || version?.state !== 'approved') throw new DomainError('not_found', 'not_found');
    const preview = await this.publications.preview(versionId, enrol);
    return { course, version, preview, isCut: preview.people.length < preview.enrolled };
  }

  @Post(':id/versioner/:version/udgiv')
  @Page('courses/course')
  async publish(
    @Param('id', { schema: id }) courseId: number,
    @Param('version', { schema: id }) versionId: number,
    @Body() body: unknown,
    @Current() principal: Principal,
  ) {
    const { enrol } = parseForm(publication, body);
    await this.publications.publish(versionId, principal.personId, enrol);
    return new SeeOther(`/e-laering/${courseId}?done=version_published`);
  }

  private formModel(form: FormModel, key: string) {
    return { form, key, creditRules: CREDIT_RULES, audiences: ['agent', 'leader'] };
  }

  private async courseModel(courseId: number, form: FormModel) {
    const course = await this.queries.find(courseId);
    if (!course) throw new DomainError('not_found', 'not_found');
    const versions = await this.versions.describe(await this.queries.versions(courseId));
    return { course, versions, form, key: randomToken(), largest: this.versions.largestUpload };
  }
}
