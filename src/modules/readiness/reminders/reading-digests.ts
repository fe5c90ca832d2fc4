import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Clock } from '../../../common/clock.js';
import { Background } from '../../../database/background.js';
import { DigestWriter } from './digest-writer.js';
import { DueAgents } from './due-agents.queries.js';
import { ReminderHours } from './reminder-hours.js';

const EVERY_MS = 10 * 60_000;
const TOGETHER = 500;

/**
 * Tells agents in one mail what they have to read before their shifts: when something is new, and three and one working day before the
 * shift. On weekdays between 8 and 16, at most once a day, and only while the shift plan is fresh.
 */
@Injectable()
export class ReadingDigests {
  constructor(
    private readonly clock: Clock,
    private readonly background: Background,
    private readonly hours: ReminderHours,
    private readonly due: DueAgents,
    private readonly writer: DigestWriter,
  ) {}

  @Interval(EVERY_MS)
  async tick(): Promise<void> {
    await this.background.tick('reading-digests', EVERY_MS, () => this.run());
  }

  /** Queues every digest that is due; running it twice, here or on another instance, queues none twice. */
  async run(): Promise<void> {
    if (!(await this.hours.allowMails())) return;
    let after = 0;
    for (;;) {
      const agentIds = await this.due.employedAfter(after, TOGETHER);
      const last = agentIds.at(-1);
      // A long pass ends when the day's hours do; the next one takes it up.
      if (last === undefined || !this.hours.areOpen()) return;
      await this.writer.write(await this.due.among(agentIds, this.clock.now()));
      after = last;
    }
  }
}
