import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { ENV, type Env } from '../../config/env.js';
import { Database } from '../../database/database.js';
import type { Tx } from '../../database/unit-of-work.js';
import type { CourseRow } from '../courses/index.js';
import { LinkService } from '../identity/index.js';
import { MailReasons, OutboxService, type MailOrder } from '../notifications/index.js';
import { worksHere } from './course-progress.queries.js';
import type { LateLearner } from './late-learners.queries.js';
import { REMIND_NOW, REMINDER_TEMPLATE, RETAKE_REMINDER_TEMPLATE } from './reminder.mail.js';

/** Queues a reminder that answers an action, and so goes out at once at any hour. */
@Injectable()
export class RemindNowMail implements OnModuleInit {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly database: Database,
    private readonly outbox: OutboxService,
    private readonly links: LinkService,
    private readonly reasons: MailReasons,
  ) {}

  onModuleInit(): void {
    this.reasons.register(RETAKE_REMINDER_TEMPLATE, (enrolmentId) => this.isToBeRetaken(enrolmentId));
  }

  /** @returns whether it was queued, and not by somebody else at the same time */
  async queue(tx: Tx, course: CourseRow, learner: LateLearner): Promise<boolean> {
    const { personId, enrolmentId, firstName, email, language } = learner;
    const id = await this.outbox.queue(tx, {
      template: learner.reason === 'retake' ? RETAKE_REMINDER_TEMPLATE : REMINDER_TEMPLATE,
      to: { personId, firstName, address: email, language },
      // Whoever saw the same latest reminder decides on the same mail, in whatever course: there is one of it.
      dedupeKey: `${REMIND_NOW}:${personId}:${learner.lastReminderId}`,
      about: { type: 'enrolment', id: enrolmentId },
      ...(await this.contents(tx, course, learner)),
    });
    return id !== null;
  }

  /** A leader signs in to learn, as in the mail about the course; an agent comes by the personal link. */
  private async contents(
    tx: Tx,
    { title, estimatedMinutes, audience }: CourseRow,
    learner: LateLearner,
  ): Promise<Pick<MailOrder, 'variables' | 'secretLinks'>> {
    const variables = {
      title,
      estimatedMinutes,
      dueOn: learner.dueOn,
      isPast: learner.state === 'late',
      isLeader: audience === 'leader',
    };
    if (audience === 'leader')
      return {
        variables: { ...variables, link: `${this.env.PUBLIC_URL}/laer/${learner.enrolmentId}` },
      };
    return { variables, secretLinks: { link: await this.links.issue(tx, learner.personId, 'personal') } };
  }

  private async isToBeRetaken(enrolmentId: number): Promise<boolean> {
    const row = await this.database.selectOne(
      `SELECT e.id FROM enrolment e JOIN person p ON p.id = e.personId JOIN course c ON c.id = e.courseId
        WHERE e.id = ? AND e.retakeVersionId IS NOT NULL AND e.state = 'completed'
          AND CASE WHEN c.audience = 'leader' THEN ${worksHere('leader')} ELSE ${worksHere('agent')} END`,
      [enrolmentId],
    );
    return row !== undefined;
  }
}
