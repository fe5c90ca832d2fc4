import { Controller, Get, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { Roles } from '../../common/access/access.decorator.js';
import { Current } from '../../common/access/current.decorator.js';
import type { Principal } from '../../common/access/principal.js';
import { id } from '../../common/fields.js';
import { queryString } from '../../web/query-string.js';
import { Page } from '../../web/render/page.decorator.js';
import { SeeOther } from '../../web/render/page-reply.js';
import { FEWEST, FUNNEL_STEPS, STALLED_DAYS, type Funnel } from './course-progress.rules.js';
import { CourseProgressService } from './course-progress.service.js';
import type { LateLearner } from './late-learners.queries.js';
import { RemindNowService } from './remind-now.service.js';

const query = z.object({ cursor: z.string().max(500).optional() });
const A_PAGE = 50;

/** The secretariat follows up how a course goes, and reminds those who are late. */
@Controller('e-laering/:id/deltagere')
@Roles('secretariat')
export class CourseProgressPages {
  constructor(
    private readonly progress: CourseProgressService,
    private readonly reminders: RemindNowService,
  ) {}

  @Get()
  @Page('onboarding/progress')
  async show(
    @Param('id', { schema: id }) courseId: number,
    @Query({ schema: query }) { cursor }: z.output<typeof query>,
  ) {
    const { late, current, left, ...progress } = await this.progress.of(courseId, { limit: A_PAGE, cursor });
    return {
      pageTitle: progress.course.title,
      ...progress,
      fewest: FEWEST,
      stalledDays: STALLED_DAYS,
      steps: stepsOf(current, left),
      enrolled: current.enrolled,
      hasLeft: left.enrolled > 0,
      hasStopped: progress.stopped.units.length > 0 || progress.stopped.elsewhere > 0,
      late: late.items.map(withDays),
      firstQuery: cursor && queryString({}),
      nextQuery: late.nextCursor && queryString({ cursor: late.nextCursor }),
    };
  }

  /** Before anybody is reminded: who is written to, and who is not and why. */
  @Get('paamind')
  @Page('onboarding/remind')
  async preview(@Param('id', { schema: id }) courseId: number) {
    const { course, late } = await this.progress.allLate(courseId);
    const mailed = late.filter((learner) => learner.remindable === 'now');
    const spared = late.filter((learner) => learner.remindable !== 'now');
    return {
      pageTitle: course.title,
      course,
      mailed: mailed.length,
      spared: spared.length,
      people: [...mailed, ...spared].slice(0, A_PAGE).map(withDays),
      isCut: late.length > A_PAGE,
      shown: Math.min(late.length, A_PAGE),
      all: late.length,
    };
  }

  @Post('paamind')
  @Page('onboarding/progress')
  async remindAll(@Param('id', { schema: id }) courseId: number, @Current() principal: Principal) {
    return answer(courseId, await this.reminders.all(courseId, principal));
  }

  @Post(':enrolment/paamind')
  @Page('onboarding/progress')
  async remind(
    @Param('id', { schema: id }) courseId: number,
    @Param('enrolment', { schema: id }) enrolmentId: number,
    @Current() principal: Principal,
  ) {
    return answer(courseId, await this.reminders.one(courseId, enrolmentId, principal));
  }
}

function answer(courseId: number, sent: number): SeeOther {
  return new SeeOther(`/e-laering/${courseId}/deltagere?done=${sent > 0 ? 'reminded' : 'nobody_reminded'}`);
}

function stepsOf(current: Funnel, left: Funnel) {
  return FUNNEL_STEPS.map((step) => ({ step, current: current[step], left: left[step] }));
}

/** Where the person is found, and the days as a whole number without a sign, whichever way they count. */
function withDays(learner: LateLearner) {
  return {
    ...learner,
    link:
      learner.agentId === null ? `/indstillinger/brugere/${learner.personId}` : `/agenter/${learner.agentId}`,
    mayBeReminded: learner.remindable === 'now',
    dayCount: Math.abs(learner.days),
  };
}
