import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { DomainError } from '../../common/domain-error.js';
import { Clock } from '../../common/clock.js';
import { Database } from '../../database/database.js';
import { execute, lockClause, selectRows } from '../../database/sql.js';
import { AuditService } from '../audit/index.js';
import { EnrolmentService } from './enrolment.service.js';
import { CourseVersion } from './entities/course.entity.js';
import { PublicationMail } from './publication.mail.js';
import { defaultChoice, isMailed, type Enrollee, type EnrolChoice } from './publication.rules.js';
import { RetakeService } from './retake.service.js';
import { viewVersion, type VersionView } from './version-view.js';

/** What a publication would do. */
export interface PublicationPreview {
  enrol: EnrolChoice;
  enrolled: number;
  mailed: number;
  /** How many of those who are through are asked to take it again; all of them are mailed. */
  retakers: number;
  /** The first of those who are enrolled. */
  people: { personId: number; name: string; municipality: string | null; isMailed: boolean }[];
}

const SHOWN = 50;

type EnrolleeRow = Omit<Enrollee, 'isWaiting'> & {
  name: string;
  municipality: string | null;
  isWaiting: number;
};

/** Publishes approved versions, after a look at whom that reaches. */
@Injectable()
export class PublicationService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly enrolments: EnrolmentService,
    private readonly mail: PublicationMail,
    private readonly retakes: RetakeService,
    private readonly audit: AuditService,
  ) {}

  /** Whom publishing reaches; nothing is written. @throws DomainError `not_found` */
  async preview(versionId: number, choice: EnrolChoice | undefined): Promise<PublicationPreview> {
    const reader = this.database.reader.manager;
    const { course, version } = await this.versionOf(reader, versionId);
    const retakers = version.isRetake ? (await this.retakes.retakers(reader, course)).length : 0;
    const enrol = choice ?? defaultChoice(course.audience);
    const people = await this.enrollees(reader, course, enrol);
    return {
      enrol,
      enrolled: people.length,
      mailed: people.filter((one) => isMailed(asEnrollee(one))).length + retakers,
      retakers,
      people: people.slice(0, SHOWN).map((one) => ({
        personId: one.personId,
        name: one.name,
        municipality: one.municipality,
        isMailed: isMailed(asEnrollee(one)),
      })),
    };
  }

  /** Publishes, enrols and mails in one unit of work. @throws DomainError `not_found`, `version_not_approved` */
  async publish(versionId: number, actorPersonId: number, choice?: EnrolChoice): Promise<VersionView> {
    return this.database.unitOfWork.run(async (tx) => {
      const { version, course } = await this.versionOf(tx, versionId, lockClause(tx));
      const { affected } = await execute(
        tx,
        "UPDATE course_version SET state = 'published', publishedAt = ? WHERE id = ? AND state = 'approved'",
        [this.clock.now(), versionId],
      );
      if (affected !== 1) throw new DomainError('version_not_approved', 'conflict');
      const people = await this.enrollees(tx, course, choice ?? defaultChoice(course.audience));
      for (const { personId } of people) await this.enrolments.enrol(tx, personId, course.id);
      await this.mail.tell(tx, course, people.map(asEnrollee).filter(isMailed));
      const retakers = version.isRetake ? await this.retakes.ask(tx, course, version) : 0;
      await this.audit.record(tx, {
        actorPersonId,
        action: 'course_version.published',
        subjectType: 'course_version',
        subjectId: versionId,
        detail: { enrolled: people.length, retakers },
      });
      return viewVersion({ ...version, state: 'published' });
    });
  }

  /** With a lock on the course nobody is registered meanwhile who would see no version and not be seen here. */
  private async versionOf(tx: EntityManager, versionId: number, lock = '') {
    const version = await tx.findOneBy(CourseVersion, { id: versionId });
    const [course] = await selectRows<PublishedCourse>(
      tx,
      'SELECT id, title, audience, estimatedMinutes, requiredBeforeFirstShift FROM course WHERE id = ?' +
        lock,
      [version?.courseId ?? 0],
    );
    if (!version || !course) throw new DomainError('not_found', 'not_found');
    return { version, course };
  }

  /** Everyone of the audience who is not enrolled yet, sorted by name. */
  private enrollees(tx: EntityManager, course: PublishedCourse, choice: EnrolChoice): Promise<EnrolleeRow[]> {
    return course.audience === 'leader'
      ? selectRows<EnrolleeRow>(tx, `${LEADERS} ORDER BY p.nameSortKey, p.id`, [course.id])
      : selectRows<EnrolleeRow>(
          tx,
          `${AGENTS} ${choice === 'waiting' ? `AND m.kind = 'new' AND NOT EXISTS (${REQUIRED})` : ''}
            ORDER BY p.nameSortKey, p.id`,
          [course.id],
        );
  }
}

/** What of a course its publication needs. */
export interface PublishedCourse {
  id: number;
  title: string;
  audience: 'agent' | 'leader';
  estimatedMinutes: number;
}

const REQUIRED = `SELECT 1 FROM enrolment e JOIN course r ON r.id = e.courseId
   WHERE e.personId = p.id AND r.audience = 'agent' AND r.requiredBeforeFirstShift = 1`;
const AGENTS = `SELECT p.id AS personId, CONCAT(p.firstName, ' ', p.lastName) AS name, u.name AS municipality, m.kind,
    CASE WHEN EXISTS (${REQUIRED}) THEN 0 ELSE 1 END AS isWaiting
  FROM employment m JOIN agent a ON a.id = m.openAgentId JOIN person p ON p.id = a.personId
  JOIN municipality u ON u.code = m.municipalityCode
 WHERE NOT EXISTS (SELECT 1 FROM enrolment x WHERE x.personId = p.id AND x.courseId = ?)`;
const LEADERS = `SELECT p.id AS personId, CONCAT(p.firstName, ' ', p.lastName) AS name, u.name AS municipality,
    'leader' AS kind, 0 AS isWaiting
  FROM role_assignment r JOIN person p ON p.id = r.personId AND p.deactivatedAt IS NULL
  LEFT JOIN municipality u ON u.code = r.municipalityCode
 WHERE r.role = 'leader' AND NOT EXISTS (SELECT 1 FROM enrolment x WHERE x.personId = p.id AND x.courseId = ?)`;

function asEnrollee({ personId, kind, isWaiting }: EnrolleeRow): Enrollee {
  return { personId, kind, isWaiting: isWaiting === 1 };
}
