import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Roles, Scoped } from '../../common/access/access.decorator.js';
import { id } from '../../common/fields.js';
import { progressQuery, progressView } from './course-progress.schemas.js';
import { CourseProgressService } from './course-progress.service.js';
import type { LateLearner } from './late-learners.queries.js';

/** How a course goes. */
@ApiTags('courses')
@Controller('api/v1/courses/:id/progress')
@Roles('secretariat')
export class CourseProgressController {
  constructor(private readonly progress: CourseProgressService) {}

  /**
   * How far people have come, how long it takes, where they stop, and who is late. Those who are late come in pages, by keys only; times
   * and places are told from five people on.
   */
  @Get()
  @Scoped('courses:read')
  @ApiOkResponse({ standardSchema: progressView })
  async show(
    @Param('id', { schema: id }) courseId: number,
    @Query({ schema: progressQuery }) page: z.output<typeof progressQuery>,
  ): Promise<z.input<typeof progressView>> {
    const { course, late, ...progress } = await this.progress.of(courseId, page);
    return {
      courseId: course.id,
      ...progress,
      late: { items: late.items.map(lateView), nextCursor: late.nextCursor },
    };
  }
}

function lateView(learner: LateLearner) {
  const { enrolmentId, personId, agentId, municipalityCode, leaderId, reason, state, dueOn, days } = learner;
  const lastReminderAt = learner.lastReminderAt?.toISOString() ?? null;
  return {
    enrolmentId,
    personId,
    agentId,
    municipalityCode,
    leaderId,
    reason,
    state,
    dueOn,
    days,
    lastReminderAt,
  };
}
