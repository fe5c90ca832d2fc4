import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Clock } from '../../common/clock.js';
import { addDays, localDateOf } from '../../common/local-date.js';
import { ENV, type Env } from '../../config/env.js';
import { Database } from '../../database/database.js';
import { toInstant } from '../../database/sql.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { MailReasons } from '../notifications/index.js';
import { ReminderMail, REMINDER_TEMPLATE, type Reminded } from './reminder.mail.js';
import { reminderDue } from './reminders.rules.js';

const EVERY_MS = 5 * 60_000;
const LONGEST_AHEAD_DAYS = 10;

type Candidate = Reminded & { registeredAt: string | Date };

const PENDING = `FROM enrolment e
   JOIN course c ON c.id = e.courseId AND c.requiredBeforeFirstShift = 1
   JOIN person p ON p.id = e.personId AND p.deactivatedAt IS NULL
   JOIN agent a ON a.personId = e.personId
   JOIN employment m ON m.openAgentId = a.id AND m.kind = 'new'
  WHERE e.state NOT IN ('completed', 'waived')
    AND NOT EXISTS (SELECT 1 FROM mail w WHERE w.aboutType = 'agent' AND w.aboutId = a.id AND w.template = 'welcome'
                       AND w.state IN ('queued', 'sending', 'retrying'))`;

/** Reminds agents of the e-learning before their first shift, and stops when it is done. */
@Injectable()
export class ReminderService implements OnModuleInit {
  private readonly logger = new Logger('Reminders');

  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly mail: ReminderMail,
    private readonly reasons: MailReasons,
  ) {}

  onModuleInit(): void {
    this.reasons.register(REMINDER_TEMPLATE, (enrolmentId) => this.isPending(enrolmentId));
  }

  @Interval(EVERY_MS)
  async tick(): Promise<void> {
    if (!this.env.BACKGROUND_WORK) return;
    try {
      await this.run();
    } catch (error) {
      this.logger.error({ error: (error as Error).message });
    }
  }

  /** Queues every reminder that is due; running it twice, here or on another instance, queues none twice. */
  async run(): Promise<void> {
    const now = this.clock.now();
    for (const candidate of await this.candidates(now)) {
      const due = reminderDue(candidate.dueOn, toInstant(candidate.registeredAt), now, this.env.TZ_NAME);
      if (due) await this.unitOfWork.run((tx) => this.mail.queue(tx, candidate, due, now));
    }
  }

  private candidates(now: Date): Promise<Candidate[]> {
    const today = localDateOf(now, this.env.TZ_NAME);
    return this.database.select<Candidate>(
      `SELECT e.id AS enrolmentId, p.id AS personId, p.firstName, p.email, p.language, c.title, c.estimatedMinutes,
              COALESCE(m.firstShiftOn, m.startOn) AS dueOn, m.createdAt AS registeredAt ${PENDING}
          AND COALESCE(m.firstShiftOn, m.startOn) BETWEEN ? AND ?
        ORDER BY e.id`,
      [today, addDays(today, LONGEST_AHEAD_DAYS)],
    );
  }

  private async isPending(enrolmentId: number): Promise<boolean> {
    return (
      (await this.database.selectOne(`SELECT e.id ${PENDING} AND e.id = ?`, [enrolmentId])) !== undefined
    );
  }
}
