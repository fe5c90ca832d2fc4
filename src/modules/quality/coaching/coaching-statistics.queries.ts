import { Inject, Injectable } from '@nestjs/common';
import { localDateOf } from '../../../common/local-date.js';
import { ENV, type Env } from '../../../config/env.js';
import { Database } from '../../../database/database.js';
import { toInstant } from '../../../database/sql.js';
import { talkQuarters, type TalkQuarter } from './coaching-statistics.rules.js';
import type { TalkState } from './talk-state.rules.js';

/** Counts talks; only counts leave it. */
@Injectable()
export class CoachingStatisticsQueries {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly database: Database,
  ) {}

  /** What became of the talks of each quarter, latest first. */
  async quarters(): Promise<TalkQuarter[]> {
    const rows = await this.database.select<{ offeredAt: string | Date; state: TalkState }>(
      'SELECT offeredAt, state FROM coaching_talk WHERE offeredAt IS NOT NULL ORDER BY id',
    );
    return talkQuarters(
      rows.map(({ offeredAt, state }) => ({
        on: localDateOf(toInstant(offeredAt), this.env.TZ_NAME),
        state,
      })),
    );
  }
}
