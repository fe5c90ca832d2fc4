import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { DomainError } from '../../common/domain-error.js';
import { Idempotency, type IdempotentCall } from '../../database/idempotency.js';
import { execute, isUniqueViolation, lockClause, selectRows } from '../../database/sql.js';
import { UnitOfWork, type Tx } from '../../database/unit-of-work.js';
import { AuditService } from '../audit/index.js';
import type { CreditRule } from './completion.rules.js';
import { viewVersion, type VersionView } from './version-view.js';
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
  /** Where it is taken elsewhere; else it is a package. */
  launchUrl?: string | undefined;
  packageId?: number | undefined;
  changeNote?: string | undefined;
  isRetake?: boolean | undefined;
}

/** Makes courses, and versions that are approved before they are published. */
@Injectable()
export class CourseService {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly audit: AuditService,
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
    return this.idempotency.run(call, (tx) => this.addVersionWithin(tx, courseId, version, actorPersonId));
  }

  /** The same inside a unit of work. @throws DomainError `not_found` */
  async addVersionWithin(
    tx: Tx,
    courseId: number,
    version: NewVersion,
    actorPersonId: number,
  ): Promise<VersionView> {
    // The course's row is the lock under which numbers are given out.
    const [course] = await selectRows(tx, `SELECT id FROM course WHERE id = ?${lockClause(tx)}`, [courseId]);
    if (!course) throw new DomainError('not_found', 'not_found');
    const last = await tx.maximum(CourseVersion, 'number', { courseId });
    const draft = {
      courseId,
      number: (last ?? 0) + 1,
      state: 'draft' as const,
      launchUrl: version.launchUrl ?? null,
      packageId: version.packageId ?? null,
      isRetake: version.isRetake ?? false,
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
    return viewVersion({ id, ...draft });
  }

  /** Approves a draft. @throws DomainError `not_found`, `version_not_draft` */
  async approve(versionId: number, actorPersonId: number): Promise<VersionView> {
    return this.unitOfWork.run(async (tx) => {
      const { affected } = await execute(
        tx,
        "UPDATE course_version SET state = 'approved' WHERE id = ? AND state = 'draft'",
        [versionId],
      );
      const version = await tx.findOneBy(CourseVersion, { id: versionId });
      if (!version) throw new DomainError('not_found', 'not_found');
      if (affected !== 1) throw new DomainError('version_not_draft', 'conflict');
      await this.audit.record(tx, {
        actorPersonId,
        action: 'course_version.approved',
        subjectType: 'course_version',
        subjectId: versionId,
      });
      return viewVersion(version);
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
