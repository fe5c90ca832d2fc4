import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { DomainError } from '../../common/domain-error.js';
import { daysBetween, localDateOf } from '../../common/local-date.js';
import type { Page } from '../../common/pagination.js';
import { ENV, type Env } from '../../config/env.js';
import { CourseQueries, type CourseRow } from '../courses/index.js';
import { PackageQueries } from '../packages/index.js';
import { CourseProgressQueries } from './course-progress.queries.js';
import {
  medianOfEnough,
  minutesByVersion,
  STALLED_DAYS,
  stopsByUnit,
  type Funnel,
  type Median,
  type UnitStops,
} from './course-progress.rules.js';
import { LateLearners, type LateLearner } from './late-learners.queries.js';
import { stalledIn } from './stalled.rules.js';

/** How a course goes: who has come how far, how long it takes, where people stop, and who is late. */
export interface CourseProgress {
  course: CourseRow;
  current: Funnel;
  left: Funnel;
  minutes: (Median & { version: number })[];
  daysToCompletion: Median;
  stopped: { units: UnitStops[]; elsewhere: number };
  late: Page<LateLearner>;
}

/** Gathers it; what may be told of it is decided in the rules. */
@Injectable()
export class CourseProgressService {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly courses: CourseQueries,
    private readonly progress: CourseProgressQueries,
    private readonly late: LateLearners,
    private readonly packages: PackageQueries,
  ) {}

  /** @throws DomainError `not_found`, `invalid_cursor` */
  async of(courseId: number, page: { limit: number; cursor?: string | undefined }): Promise<CourseProgress> {
    const course = await this.course(courseId);
    const now = this.clock.now();
    // First, because it refuses a cursor that is none.
    const late = await this.late.page(course, now, page);
    return {
      course,
      ...(await this.progress.funnels(course)),
      minutes: minutesByVersion(await this.progress.timesSpent(courseId)),
      daysToCompletion: await this.daysToCompletion(courseId),
      stopped: await this.stopped(course, now),
      late,
    };
  }

  /** Everyone who is late, for the look before all of them are reminded. @throws DomainError `not_found` */
  async allLate(courseId: number): Promise<{ course: CourseRow; late: LateLearner[] }> {
    const course = await this.course(courseId);
    return { course, late: await this.late.select(course, this.clock.now()) };
  }

  private async course(courseId: number): Promise<CourseRow> {
    const course = await this.courses.find(courseId);
    if (!course) throw new DomainError('not_found', 'not_found');
    return course;
  }

  /** Those whose completion was registered as older than their enrolment tell nothing of how long it took. */
  private async daysToCompletion(courseId: number): Promise<Median> {
    const days = (await this.progress.completions(courseId)).map(({ enrolledOn, completedAt }) =>
      daysBetween(enrolledOn, localDateOf(completedAt, this.env.TZ_NAME)),
    );
    return medianOfEnough(days.filter((count) => count >= 0));
  }

  private async stopped(course: CourseRow, now: Date): Promise<CourseProgress['stopped']> {
    const rows = await this.progress.stalled(course, daysBefore(now, STALLED_DAYS));
    const ids = [...new Set(rows.map(({ packageId }) => packageId).filter((id) => id !== null))];
    const packages = await this.packages.byIds(ids);
    const { stops, elsewhere } = stalledIn(rows, new Map(packages.map(({ id, manifest }) => [id, manifest])));
    return { units: stopsByUnit(stops), elsewhere };
  }
}

function daysBefore(instant: Date, days: number): Date {
  return new Date(instant.getTime() - days * 24 * 3_600_000);
}
