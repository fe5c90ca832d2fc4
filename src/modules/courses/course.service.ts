import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { DomainError } from '../../common/domain-error.js';
import { Idempotency, type IdempotentCall } from '../../database/idempotency.js';
import { execute, isUniqueViolation, lockClause, selectRows } from '../../database/sql.js';
import { UnitOfWork, type Tx } from '../../database/unit-of-work.js';
import { AuditService } from '../audit/index.js';
import type { CreditRule } from './completion.rules.js';
import { LateEnrolments } from './late-enrolments.js';
import { EnrolmentService } from './enrolment.service.js';
import { Course, CourseVersion, type CourseAudience } from './entities/course.entity.js';

/** A course as it is made. */
export interface NewCourse {
  code: string;
  title: string;
  audience: CourseAudience;
  creditRule: CreditRule;
  estimatedMinutes: number;
  requiredBeforeFirstShift: boolean;
}

/** A version as it is made. */
export interface NewVersion {
  launchUrl: string;
  changeNote?: string | undefined;
}

/** A version as its maker sees it. */
export interface VersionView {
  id: number;
  courseId: number;
  number: number;
  state: 'draft' | 'approved' | 'published';
  launchUrl: string;
  changeNote: string | null;
}

const NEXT_STATE = { approved: 'draft', published: 'approved' } as const;

/** Makes courses and takes their versions from draft over approved to published. */
@Injectable()
export class CourseService {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly audit: AuditService,
    private readonly enrolments: EnrolmentService,
    private readonly late: LateEnrolments,
  ) {}

  /** @throws DomainError `course_code_taken` */
  create(
    course: NewCourse,
    actorPersonId: number,
    call: IdempotentCall,
  ): Promise<NewCourse & { id: number }> {
    return this.idempotency.run(call, async (tx) => {
      const id = await this.insert(tx, course);
      await this.audit.record(tx, {
        actorPersonId,
        action: 'course.created',
        subjectType: 'course',
        subjectId: id,
      });
      return { id, ...course };
    });
  }

  /** Adds a draft. @throws DomainError `not_found` */
  addVersion(
    courseId: number,
    version: NewVersion,
    actorPersonId: number,
    call: IdempotentCall,
  ): Promise<VersionView> {
    return this.idempotency.run(call, async (tx) => {
      // The course's row is the lock under which numbers are given out.
      const [course] = await selectRows(tx, `SELECT id FROM course WHERE id = ?${lockClause(tx)}`, [
        courseId,
      ]);
      if (!course) throw new DomainError('not_found', 'not_found');
      const last = await tx.maximum(CourseVersion, 'number', { courseId });
      const draft = {
        courseId,
        number: (last ?? 0) + 1,
        state: 'draft' as const,
        launchUrl: version.launchUrl,
        changeNote: version.changeNote ?? null,
      };
      const { identifiers } = await tx.insert(CourseVersion, { ...draft, createdAt: this.clock.now() });
      const id = identifiers[0]!['id'] as number;
      await this.audit.record(tx, {
        actorPersonId,
        action: 'course_version.drafted',
        subjectType: 'course_version',
        subjectId: id,
      });
      return { id, ...draft };
    });
  }

  /** Approves a draft. @throws DomainError `not_found`, `version_not_draft` */
  approve(versionId: number, actorPersonId: number): Promise<VersionView> {
    return this.advance(versionId, 'approved', actorPersonId);
  }

  /** Publishes an approved version. @throws DomainError `not_found`, `version_not_approved` */
  publish(versionId: number, actorPersonId: number): Promise<VersionView> {
    return this.advance(versionId, 'published', actorPersonId);
  }

  /** New agents who were registered before there was any e-learning would otherwise wait for it in vain. */
  private async enrolThoseWithoutCourse(tx: Tx, courseId: number): Promise<void> {
    const waiting = await selectRows<{ personId: number }>(
      tx,
      `SELECT a.personId FROM employment m JOIN agent a ON a.id = m.openAgentId JOIN course c ON c.id = ?
        WHERE m.kind = 'new' AND c.audience = 'agent'
          AND NOT EXISTS (SELECT 1 FROM enrolment e JOIN course r ON r.id = e.courseId
                           WHERE e.personId = a.personId AND r.audience = 'agent' AND r.requiredBeforeFirstShift = 1)
        ORDER BY a.personId`,
      [courseId],
    );
    for (const { personId } of waiting) await this.enrolments.enrol(tx, personId, courseId);
    await this.late.tell(
      tx,
      waiting.map(({ personId }) => personId),
    );
  }

  private async advance(
    versionId: number,
    to: 'approved' | 'published',
    actorPersonId: number,
  ): Promise<VersionView> {
    const from = NEXT_STATE[to];
    return this.unitOfWork.run(async (tx) => {
      const { affected } = await execute(
        tx,
        'UPDATE course_version SET state = ?, publishedAt = ? WHERE id = ? AND state = ?',
        [to, to === 'published' ? this.clock.now() : null, versionId, from],
      );
      const version = await tx.findOneBy(CourseVersion, { id: versionId });
      if (!version) throw new DomainError('not_found', 'not_found');
      if (affected !== 1) throw new DomainError(`version_not_${from}`, 'conflict');
      await this.audit.record(tx, {
        actorPersonId,
        action: `course_version.${to}`,
        subjectType: 'course_version',
        subjectId: versionId,
      });
      const { id, courseId, number, state, launchUrl, changeNote } = version;
      if (state === 'published') await this.enrolThoseWithoutCourse(tx, courseId);
      return { id, courseId, number, state, launchUrl, changeNote };
    });
  }

  private async insert(tx: Tx, course: NewCourse): Promise<number> {
    try {
      const { identifiers } = await tx.insert(Course, { ...course, createdAt: this.clock.now() });
      return identifiers[0]!['id'] as number;
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      throw new DomainError('course_code_taken', 'conflict', {
        faults: [{ field: 'code', code: 'course_code_taken' }],
      });
    }
  }
}
