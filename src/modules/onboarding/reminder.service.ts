import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Clock } from '../../common/clock.js';
import { addDays, localDateOf } from '../../common/local-date.js';
import { ENV, type Env } from '../../config/env.js';
import { Database } from '../../database/database.js';
import { toInstant } from '../../database/sql.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { MailReasons } from '../notifications/index.js';
import { ELEARNING_DUE_ON, PENDING_ELEARNING, WELCOME_WAITS } from './pending-elearning.js';
import { remindedSince } from './remind-now.rules.js';
import { ReminderMail, REMIND_NOW, REMINDER_TEMPLATE, type Reminded } from './reminder.mail.js';
import { reminderDue } from './reminders.rules.js';

const EVERY_MS = 5 * 60_000;
const LONGEST_AHEAD_DAYS = 10;

type Candidate = Reminded & { registeredAt: string | Date };

const PENDING = `${PENDING_ELEARNING} AND NOT ${WELCOME_WAITS}`;

/**
 * Reminds agents of the e-learning before their first shift, and stops when it is done. Somebody whom the secretariat has reminded is
 * left alone for a day.
 */
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
              ${ELEARNING_DUE_ON} AS dueOn, m.createdAt AS registeredAt ${PENDING}
          AND ${ELEARNING_DUE_ON} BETWEEN ? AND ?
          AND NOT EXISTS (SELECT 1 FROM mail n WHERE n.toPersonId = p.id AND n.dedupeKey LIKE '${REMIND_NOW}:%'
                             AND n.state NOT IN ('failed', 'cancelled') AND n.createdAt > ?)
        ORDER BY e.id`,
      [today, addDays(today, LONGEST_AHEAD_DAYS), remindedSince(now)],
    );
  }

  private async isPending(enrolmentId: number): Promise<boolean> {
    return (
      (await this.database.selectOne(`SELECT e.id ${PENDING} AND e.id = ?`, [enrolmentId])) !== undefined
    );
  }
}
