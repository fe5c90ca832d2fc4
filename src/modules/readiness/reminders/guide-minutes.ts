import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Clock } from '../../../common/clock.js';
import { Background } from '../../../database/background.js';
import { GuideAnnouncements } from './guide-announcements.js';
import { GuideMinutesQueries } from './guide-minutes.queries.js';
import { LeaderReadingQueries } from './leader-reading.queries.js';
import { ReminderHours } from './reminder-hours.js';

const EVERY_MS = 10 * 60_000;

/**
 * Tells leaders in good time how many minutes to set aside for new guides: one mail a leader a day, in office hours. What a leader
 * knows is noted with the mail, so that it may be killed anywhere.
 */
@Injectable()
export class GuideMinutes {
  constructor(
    private readonly clock: Clock,
    private readonly background: Background,
    private readonly hours: ReminderHours,
    private readonly queries: GuideMinutesQueries,
    private readonly leaders: LeaderReadingQueries,
    private readonly announcements: GuideAnnouncements,
  ) {}

  @Interval(EVERY_MS)
  async tick(): Promise<void> {
    await this.background.tick('guide-minutes', EVERY_MS, () => this.run());
  }

  /** Queues every mail that is due; running it twice, here or on another instance, tells nobody twice. */
  async run(): Promise<void> {
    if (!this.hours.areOpen()) return;
    const versions = await this.queries.versions(this.clock.now());
    if (versions.length === 0) return;
    const codes = await this.leaders.municipalities();
    let waiting: ReadonlySet<number> = new Set<number>();
    for (const [index, code] of codes.entries()) {
      if (!this.hours.areOpen()) return;
      waiting = await this.announcements.tell(code, versions, waiting, index === codes.length - 1);
    }
  }
}
