import { Body, Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import { z } from 'zod';
import { RolesOrLink } from '../../common/access/access.decorator.js';
import { Current } from '../../common/access/current.decorator.js';
import type { Principal } from '../../common/access/principal.js';
import { DomainError } from '../../common/domain-error.js';
import { id } from '../../common/fields.js';
import type { AppRequest } from '../../common/http/app-request.js';
import { requestLanguage } from '../../web/i18n/request-language.js';
import { parseForm } from '../../web/forms/form.js';
import { Page } from '../../web/render/page.decorator.js';
import { SeeOther } from '../../web/render/page-reply.js';
import { EnrolmentQueries, launchUrl, type LearnerCourse } from '../courses/index.js';
import { AttemptQueries, type AttemptRow } from './attempt.queries.js';
import { LaunchService } from './launch.service.js';

const query = z.object({ genoptag: id.optional().catch(undefined) });
const start = z.object({ choice: z.enum(['go_on', 'begin_again']).default('go_on') });
const renewal = z.object({ launch: id });
const MINUTE = 60;

/** A learner's page of one course: where do I stand, go on, look back. */
@Controller('laer/:enrolment')
@RolesOrLink('agent', 'leader')
export class LearnPages {
  constructor(
    private readonly enrolments: EnrolmentQueries,
    private readonly attempts: AttemptQueries,
    private readonly launches: LaunchService,
  ) {}

  @Get()
  @Page('player/course')
  async show(
    @Param('enrolment', { schema: id }) enrolmentId: number,
    @Query({ schema: query }) { genoptag }: z.output<typeof query>,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    const course = await this.enrolments.courseOf(principal.personId, enrolmentId);
    if (!course) throw new DomainError('not_found', 'not_found');
    const attempts = await this.attempts.of(enrolmentId);
    const [latest] = attempts;
    return {
      pageTitle: course.title,
      renew: genoptag,
      course,
      ...standing(course, latest),
      attempts: attempts.map(withMinutes),
      sittings: latest ? (await this.attempts.launches(latest.id)).map(withMinutes) : [],
      url: course.launchUrl && launchUrl(course.launchUrl, course.reference, requestLanguage(request)),
    };
  }

  /** Opens the player on the content host. */
  @Post()
  @Page('player/course')
  async start(
    @Param('enrolment', { schema: id }) enrolmentId: number,
    @Body() body: unknown,
    @Current() principal: Principal,
  ) {
    const { choice } = parseForm(start, body);
    return new SeeOther(await this.launches.begin(enrolmentId, choice, principal));
  }

  /** After signing in again: lets the player that is still open save what waits in it. */
  @Post('genoptag')
  @Page('player/course')
  async renew(
    @Param('enrolment', { schema: id }) enrolmentId: number,
    @Body() body: unknown,
    @Current() principal: Principal,
  ) {
    const { launch } = parseForm(renewal, body);
    const isRenewed = await this.launches.renew(launch, principal);
    return new SeeOther(`/laer/${enrolmentId}?done=${isRenewed ? 'launch_renewed' : 'launch_over'}`);
  }
}

function standing(course: LearnerCourse, latest: AttemptRow | undefined) {
  const isThrough = (course.state === 'completed' || course.state === 'waived') && !course.isRetake;
  const isUnderWay = latest !== undefined && latest.completedAt === null;
  return {
    isThrough,
    isUnderWay,
    isPlayable: course.packageId !== null || latest !== undefined,
    /** A newer version than the one that was begun. */
    newerVersion:
      isUnderWay && latest.versionNumber < (course.versionNumber ?? 0) ? course.versionNumber : null,
    latest,
  };
}

function withMinutes<T extends { seconds: number }>(row: T): T & { minutes: number } {
  return { ...row, minutes: Math.ceil(row.seconds / MINUTE) };
}
