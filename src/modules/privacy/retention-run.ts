import { Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { DateTime } from 'luxon';
import { Clock } from '../../common/clock.js';
import { Background } from '../../database/background.js';
import { Retention } from './retention.js';

const LOOKED_EVERY_MS = 10 * 60_000;
const DAY_MS = 24 * 3_600_000;

/** Deletes, once a day, what has served its time. */
@Injectable()
export class RetentionRun {
  private readonly logger = new Logger('Retention');

  constructor(
    private readonly clock: Clock,
    private readonly retention: Retention,
    private readonly background: Background,
  ) {}

  @Interval(LOOKED_EVERY_MS)
  async tick(): Promise<void> {
    await this.background.tick('retention', DAY_MS, async () => {
      await this.run();
    });
  }

  /** Runs every rule; gives how much each of them took away. Running it again takes nothing more. */
  async run(): Promise<Record<string, number>> {
    const affected: Record<string, number> = {};
    for (const rule of this.retention.rules()) {
      const before = DateTime.fromJSDate(this.clock.now(), { zone: 'utc' })
        .minus({ months: rule.months })
        .toJSDate();
      // One rule that fails must not keep the others from their work.
      affected[rule.key] = await rule.run(before).catch((error: Error) => {
        this.logger.error({ rule: rule.key, error: error.message });
        return 0;
      });
    }
    this.logger.log(affected);
    return affected;
  }
}
