import { Inject, Injectable } from '@nestjs/common';
import { ENV, type Env } from '../../config/env.js';
import { selectRows } from '../../database/sql.js';
import type { Tx } from '../../database/unit-of-work.js';
import { OutboxService } from '../notifications/index.js';
import { LateEnrolments } from './late-enrolments.js';
import type { Enrollee } from './publication.rules.js';
import type { PublishedCourse } from './publication.service.js';

/** Tells those who are to be told that there is e-learning for them. */
@Injectable()
export class PublicationMail {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly outbox: OutboxService,
    private readonly late: LateEnrolments,
  ) {}

  /** Leaders get a mail of their own; new agents are welcomed again, by the module that welcomed them. */
  async tell(tx: Tx, course: PublishedCourse, people: readonly Enrollee[]): Promise<void> {
    const agents = people.filter(({ kind }) => kind === 'new').map(({ personId }) => personId);
    if (agents.length > 0) await this.late.tell(tx, agents);
    for (const { personId } of people.filter(({ kind }) => kind === 'leader'))
      await this.tellLeader(tx, course, personId);
  }

  private async tellLeader(tx: Tx, course: PublishedCourse, personId: number): Promise<void> {
    const [learner] = await selectRows<{
      firstName: string;
      email: string;
      language: string;
      enrolmentId: number;
    }>(
      tx,
      `SELECT p.firstName, p.email, p.language, e.id AS enrolmentId
         FROM person p JOIN enrolment e ON e.personId = p.id AND e.courseId = ? WHERE p.id = ?`,
      [course.id, personId],
    );
    if (!learner) return;
    await this.outbox.queue(tx, {
      template: 'course-published',
      to: { personId, firstName: learner.firstName, address: learner.email, language: learner.language },
      variables: {
        title: course.title,
        estimatedMinutes: course.estimatedMinutes,
        url: `${this.env.PUBLIC_URL}/laer/${learner.enrolmentId}`,
      },
      about: { type: 'enrolment', id: learner.enrolmentId },
      dedupeKey: `course-published:${learner.enrolmentId}`,
    });
  }
}
