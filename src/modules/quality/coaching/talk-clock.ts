import { Inject, Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Clock } from '../../../common/clock.js';
import { addDays, instantAt, localDateOf } from '../../../common/local-date.js';
import { ENV, type Env } from '../../../config/env.js';
import { Background } from '../../../database/background.js';
import { Database } from '../../../database/database.js';
import type { SqlValue } from '../../../database/sql.js';
import { PreparedTalks } from './prepared-talks.js';
import { TalkFollowUp } from './talk-follow-up.js';

const EVERY_MS = 10 * 60_000;
/** So many days after a talk the secretariat looks whether it was held, when the coach has not said. */
const PATIENCE_DAYS = 7;

/** Looks after talks: offers what was prepared, asks the day after whether they were held, and cancels those whose case has ended. */
@Injectable()
export class TalkClock {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly background: Background,
    private readonly database: Database,
    private readonly followUp: TalkFollowUp,
    private readonly prepared: PreparedTalks,
  ) {}

  @Interval(EVERY_MS)
  async tick(): Promise<void> {
    await this.background.tick('coaching-talks', EVERY_MS, () => this.run());
  }

  /** Does everything that is due; running it again, here or elsewhere, does nothing more. */
  async run(): Promise<void> {
    const today = localDateOf(this.clock.now(), this.env.TZ_NAME);
    for (const id of await this.unasked(this.startOf(today))) await this.followUp.ask(id);
    for (const id of await this.begunBefore(this.startOf(addDays(today, 1 - PATIENCE_DAYS))))
      await this.followUp.openTask(id);
    await this.prepared.run();
    for (const id of await this.withoutCase()) await this.followUp.cancel(id);
  }

  /** A talk that was moved after it had been asked about is asked about once more: its sequence is another one. */
  private unasked(before: Date): Promise<number[]> {
    return this.ids(
      `t.state = 'accepted' AND t.startsAt < ? AND NOT EXISTS
         (SELECT 1 FROM mail w WHERE w.dedupeKey = CONCAT('coaching-held:', t.id, ':', t.sequence))`,
      [before],
    );
  }

  private begunBefore(before: Date): Promise<number[]> {
    return this.ids(
      `t.state = 'accepted' AND t.startsAt < ? AND NOT EXISTS
         (SELECT 1 FROM task k WHERE k.kind = 'talk_outcome_missing' AND k.subjectType = 'coaching_talk' AND k.subjectId = t.id)`,
      [before],
    );
  }

  /** One that has begun may still get its outcome. */
  private withoutCase(): Promise<number[]> {
    return this.ids(
      `t.openCaseId IS NOT NULL AND (t.startsAt IS NULL OR t.startsAt > ? OR t.state IN ('prepared', 'offered'))
         AND EXISTS (SELECT 1 FROM quality_case c WHERE c.id = t.caseId AND c.state IN ('closed', 'withdrawn'))`,
      [this.clock.now()],
    );
  }

  private async ids(condition: string, values: readonly SqlValue[]): Promise<number[]> {
    const rows = await this.database.select<{ id: number }>(
      `SELECT t.id FROM coaching_talk t WHERE ${condition} ORDER BY t.id`,
      values,
    );
    return rows.map(({ id }) => id);
  }

  private startOf(day: string): Date {
    return instantAt(day, '00:00', this.env.TZ_NAME);
  }
}
