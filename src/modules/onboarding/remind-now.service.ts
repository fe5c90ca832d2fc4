import { Injectable } from '@nestjs/common';
import type { Principal } from '../../common/access/principal.js';
import { Clock } from '../../common/clock.js';
import { DomainError } from '../../common/domain-error.js';
import { lockClause, placeholders, selectRows } from '../../database/sql.js';
import { UnitOfWork, type Tx } from '../../database/unit-of-work.js';
import { AuditService } from '../audit/index.js';
import { CourseQueries, type CourseRow } from '../courses/index.js';
import { LateLearners, type LateLearner } from './late-learners.queries.js';
import { RemindNowMail } from './remind-now.mail.js';

/** So many are reminded in one unit of work: few enough that no learner's enrolment stays locked for long. */
const TOGETHER = 25;

/** Reminds those who are late because somebody in the secretariat asks for it. */
@Injectable()
export class RemindNowService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly courses: CourseQueries,
    private readonly late: LateLearners,
    private readonly mail: RemindNowMail,
    private readonly audit: AuditService,
  ) {}

  /**
   * Reminds one learner, if still late and not reminded within the last day.
   * @returns how many mails were queued
   * @throws DomainError `not_found` when the course has no such enrolment
   */
  async one(courseId: number, enrolmentId: number, by: Principal): Promise<number> {
    const course = await this.course(courseId);
    return this.unitOfWork.run((tx) => this.remind(tx, course, [enrolmentId], by));
  }

  /**
   * Reminds everyone who is late and was not reminded within the last day.
   * @returns how many mails were queued
   * @throws DomainError `not_found`
   */
  async all(courseId: number, by: Principal): Promise<number> {
    const course = await this.course(courseId);
    const late = await this.late.select(course, this.clock.now());
    // Locked in one order by everyone, so that two who press at once wait for each other and never in a circle.
    const ids = late
      .filter((learner) => learner.remindable === 'now')
      .map(({ enrolmentId }) => enrolmentId)
      .toSorted((a, b) => a - b);
    let sent = 0;
    for (let start = 0; start < ids.length; start += TOGETHER) {
      const some = ids.slice(start, start + TOGETHER);
      sent += await this.unitOfWork.run((tx) => this.remind(tx, course, some, by));
    }
    return sent;
  }

  /** Decides anew under the lock: who has completed, been let off, left or been reminded in the meantime is left alone. */
  private async remind(
    tx: Tx,
    course: CourseRow,
    enrolmentIds: readonly number[],
    by: Principal,
  ): Promise<number> {
    const locked = await selectRows<{ id: number }>(
      tx,
      `SELECT id FROM enrolment WHERE id IN (${placeholders(enrolmentIds)}) AND courseId = ?
        ORDER BY id${lockClause(tx)}`,
      [...enrolmentIds, course.id],
    );
    if (locked.length === 0) throw new DomainError('not_found', 'not_found');
    const now = this.clock.now();
    const late = await this.late.select(course, now, { enrolmentIds: locked.map(({ id }) => id) }, tx);
    let sent = 0;
    for (const learner of late.filter((one) => one.remindable === 'now'))
      if (await this.mail.queue(tx, course, learner)) {
        await this.note(tx, learner, by);
        sent += 1;
      }
    return sent;
  }

  private note(tx: Tx, { enrolmentId, reason }: LateLearner, by: Principal): Promise<void> {
    return this.audit.record(tx, {
      actorPersonId: by.personId,
      action: 'elearning.reminded',
      subjectType: 'enrolment',
      subjectId: enrolmentId,
      detail: { reason },
    });
  }

  private async course(courseId: number): Promise<CourseRow> {
    const course = await this.courses.find(courseId);
    if (!course) throw new DomainError('not_found', 'not_found');
    return course;
  }
}
