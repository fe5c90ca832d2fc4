import { Injectable, type OnModuleInit } from '@nestjs/common';
import { execute } from '../../database/sql.js';
import { PersonalData } from '../privacy/index.js';

/** What the courses module holds about a person. */
@Injectable()
export class CoursePersonalData implements OnModuleInit {
  constructor(private readonly personalData: PersonalData) {}

  onModuleInit(): void {
    this.personalData.register(
      {
        table: 'enrolment',
        select: `SELECT c.title AS course, e.state, e.success, e.scoreScaled, e.begunAt, e.completedAt, e.source,
                        e.enrolledOn
                   FROM enrolment e JOIN course c ON c.id = e.courseId WHERE e.personId = ?`,
      },
      {
        table: 'completion_event',
        select: `SELECT c.title AS course, v.occurredAt, v.completion, v.success, v.scoreScaled, v.seconds, v.source, v.note,
                        v.annulledAt
                   FROM completion_event v JOIN enrolment e ON e.id = v.enrolmentId JOIN course c ON c.id = e.courseId
                  WHERE e.personId = ? OR v.recordedByPersonId = ?`,
        erase: async (tx, personId) => {
          await execute(
            tx,
            'UPDATE completion_event SET note = NULL WHERE enrolmentId IN (SELECT id FROM enrolment WHERE personId = ?)',
            [personId],
          );
        },
      },
      {
        table: 'waiver',
        select: `SELECT c.title AS course, w.reason, w.createdAt, w.revokedAt
                   FROM waiver w JOIN enrolment e ON e.id = w.enrolmentId JOIN course c ON c.id = e.courseId
                  WHERE e.personId = ? OR w.byPersonId = ?`,
      },
    );
  }
}
