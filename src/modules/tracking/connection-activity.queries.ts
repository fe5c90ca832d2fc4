import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { addDays, instantAt, localDateOf, type LocalDate } from '../../common/local-date.js';
import { ENV, type Env } from '../../config/env.js';
import { Database } from '../../database/database.js';
import { toInstant } from '../../database/sql.js';
import { POSTING_WINDOW_DAYS } from './connection-health.rules.js';

const HOUR_MS = 3_600_000;

/** When a connection (`?`) sent the last message that could be read. */
export const LAST_ACCEPTED = `SELECT receivedAt FROM inbox_message
   WHERE connectionId = ? AND status <> 'test' AND (reason IS NULL OR reason <> 'unreadable')
   ORDER BY receivedAt DESC LIMIT 1`;

/** Reads how busy a connection is; our own tests do not count. */
@Injectable()
export class ConnectionActivityQueries {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly database: Database,
  ) {}

  /** How many messages came in the last so many hours. */
  async countWithin(connectionId: number, hours: number): Promise<number> {
    const since = new Date(this.clock.now().getTime() - hours * HOUR_MS);
    const row = await this.database.selectOne<{ count: number | string }>(
      "SELECT COUNT(*) AS count FROM inbox_message WHERE connectionId = ? AND receivedAt >= ? AND status <> 'test'",
      [connectionId, since],
    );
    return Number(row?.count ?? 0);
  }

  /**
   * The days on which it posted, earliest first: those of the 30 days that end with the last. The index is asked once for
   * each day, however many messages a day has.
   */
  async postedOn(connectionId: number): Promise<LocalDate[]> {
    const days: LocalDate[] = [];
    let day = await this.lastBefore(connectionId, addDays(this.today(), 2));
    while (day !== undefined && day > addDays(days[0] ?? day, -POSTING_WINDOW_DAYS)) {
      days.push(day);
      day = await this.lastBefore(connectionId, day);
    }
    return days.toReversed();
  }

  /** The present day. */
  today(): LocalDate {
    return localDateOf(this.clock.now(), this.env.TZ_NAME);
  }

  private async lastBefore(connectionId: number, day: LocalDate): Promise<LocalDate | undefined> {
    const row = await this.database.selectOne<{ receivedAt: string | Date }>(
      `SELECT receivedAt FROM inbox_message WHERE connectionId = ? AND receivedAt < ? AND status <> 'test'
        ORDER BY receivedAt DESC LIMIT 1`,
      [connectionId, instantAt(day, '00:00', this.env.TZ_NAME)],
    );
    return row && localDateOf(toInstant(row.receivedAt), this.env.TZ_NAME);
  }
}
