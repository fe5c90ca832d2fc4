import { Inject, Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Clock } from '../../../common/clock.js';
import { ENV, type Env } from '../../../config/env.js';
import { Background } from '../../../database/background.js';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import { SeatReminderMail } from './seat-reminder.mail.js';
import { SeatReminderQueries } from './seat-reminders.queries.js';
import { seatReminderDue } from './seat-reminders.rules.js';

const EVERY_MS = 10 * 60_000;

/** Reminds those who have a seat, two weeks and two days before the day. */
@Injectable()
export class SeatReminders {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly background: Background,
    private readonly unitOfWork: UnitOfWork,
    private readonly queries: SeatReminderQueries,
    private readonly mail: SeatReminderMail,
  ) {}

  @Interval(EVERY_MS)
  async tick(): Promise<void> {
    await this.background.tick('seat-reminders', EVERY_MS, () => this.run());
  }

  /** Queues every reminder that is due; running it twice, here or on another instance, queues none twice. */
  async run(): Promise<void> {
    const now = this.clock.now();
    for (const seated of await this.queries.near(now)) {
      const due = seatReminderDue(seated.on, seated.toldAt, now, this.env.TZ_NAME);
      if (due && !seated.reminded.includes(due))
        await this.unitOfWork.run((tx) => this.mail.queue(tx, seated, due));
    }
  }
}
