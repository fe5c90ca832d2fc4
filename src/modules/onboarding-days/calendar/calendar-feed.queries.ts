import { Injectable } from '@nestjs/common';
import { hashToken } from '../../../common/crypto.js';
import type { LocalDate } from '../../../common/local-date.js';
import { Database } from '../../../database/database.js';
import { toInstant } from '../../../database/sql.js';
import type { FeedKind } from './calendar-feed.service.js';
import { ToldDays, type ToldDay } from '../told-days.js';

/** Who reads by a link. */
export interface FeedReader {
  personId: number;
  language: string;
}

/** A seat with its day. */
export interface FeedSeat {
  calendarUid: string;
  calendarSequence: number;
  day: ToldDay;
}

/** A day as the secretariat's calendar shows it. */
export interface FeedDay extends ToldDay {
  capacity: number;
  seatsTaken: number;
  calendarSequence: number;
  isCancelled: boolean;
}

const LIVE = `FROM calendar_feed f JOIN person p ON p.id = f.personId AND p.deactivatedAt IS NULL`;

/** Reads what calendar programs are given; who the link belongs to is asked anew each time. */
@Injectable()
export class CalendarFeedQueries {
  constructor(
    private readonly database: Database,
    private readonly told: ToldDays,
  ) {}

  /** The agent whose own link it is, while employed; undefined for any other token. */
  agentReader(token: string, agentId: number): Promise<FeedReader | undefined> {
    return this.database.selectOne<FeedReader>(
      `SELECT p.id AS personId, p.language ${LIVE}
         JOIN agent a ON a.personId = p.id JOIN employment m ON m.openAgentId = a.id
        WHERE f.tokenHash = ? AND f.kind = 'agent' AND f.revokedAt IS NULL AND a.id = ?`,
      [hashToken(token), agentId],
    );
  }

  /** Whoever in the secretariat has made the link, while there; undefined for any other token. */
  secretariatReader(token: string): Promise<FeedReader | undefined> {
    return this.database.selectOne<FeedReader>(
      `SELECT p.id AS personId, p.language ${LIVE}
         JOIN role_assignment r ON r.personId = p.id AND r.role = 'secretariat'
        WHERE f.tokenHash = ? AND f.kind = 'secretariat' AND f.revokedAt IS NULL`,
      [hashToken(token)],
    );
  }

  /** When the person made the link that works now; null when there is none. */
  async madeAt(personId: number, kind: FeedKind): Promise<Date | null> {
    const row = await this.database.selectOne<{ createdAt: string | Date }>(
      'SELECT createdAt FROM calendar_feed WHERE personId = ? AND kind = ? AND revokedAt IS NULL',
      [personId, kind],
    );
    return row ? toInstant(row.createdAt) : null;
  }

  /** An agent's seats, those of days that are over too, in the order of the days. */
  async seats(agentId: number): Promise<FeedSeat[]> {
    const rows = await this.database.select<Omit<FeedSeat, 'day'> & { dayId: number }>(
      `SELECT b.dayId, b.calendarUid, b.calendarSequence FROM booking b JOIN onboarding_day d ON d.id = b.dayId
        WHERE b.agentId = ? AND b.status = 'booked' ORDER BY d.onDate, b.id`,
      [agentId],
    );
    const days = await this.days(rows.map(({ dayId }) => dayId));
    return rows.map(({ dayId, ...seat }) => ({ ...seat, day: days.get(dayId)! }));
  }

  /** Every day from the date on. */
  async daysFrom(from: LocalDate): Promise<FeedDay[]> {
    const rows = await this.database.select<
      Omit<FeedDay, keyof ToldDay | 'isCancelled'> & { id: number; isCancelled: number }
    >(
      `SELECT id, capacity, seatsTaken, calendarSequence, CASE WHEN cancelledAt IS NULL THEN 0 ELSE 1 END AS isCancelled
         FROM onboarding_day WHERE onDate >= ? ORDER BY onDate, id`,
      [from],
    );
    const days = await this.days(rows.map(({ id }) => id));
    return rows.map((row) => ({ ...days.get(row.id)!, ...row, isCancelled: row.isCancelled === 1 }));
  }

  private days(ids: readonly number[]): Promise<Map<number, ToldDay>> {
    return this.told.read(this.database.reader.manager, ids);
  }
}
