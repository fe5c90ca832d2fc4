import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Clock } from '../../../common/clock.js';
import { Background } from '../../../database/background.js';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import { LeaderReadingMail } from './leader-reading.mail.js';
import { LeaderReadingQueries } from './leader-reading.queries.js';
import { ReminderHours } from './reminder-hours.js';

const EVERY_MS = 15 * 60_000;

/** Tells leaders, one working day before the shift, of agents who have not read what it asks for. */
@Injectable()
export class LeaderReadings {
  constructor(
    private readonly clock: Clock,
    private readonly background: Background,
    private readonly unitOfWork: UnitOfWork,
    private readonly hours: ReminderHours,
    private readonly queries: LeaderReadingQueries,
    private readonly mail: LeaderReadingMail,
  ) {}

  @Interval(EVERY_MS)
  async tick(): Promise<void> {
    await this.background.tick('leader-readings', EVERY_MS, () => this.run());
  }

  /** Queues every mail that is due; running it twice, here or on another instance, queues none twice. */
  async run(): Promise<void> {
    if (!(await this.hours.allowMails())) return;
    for (const code of await this.queries.municipalities()) {
      if (!this.hours.areOpen()) return;
      for (const leader of await this.queries.due(code, this.clock.now()))
        await this.unitOfWork.run((tx) => this.mail.queue(tx, leader));
    }
  }
}
