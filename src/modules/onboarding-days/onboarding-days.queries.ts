import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { allOf } from '../../common/access/scope.js';
import type { LocalDate } from '../../common/local-date.js';
import { decodeCursor, toPage, type Page } from '../../common/pagination.js';
import { Database } from '../../database/database.js';
import { placeholders, selectRows, toInstant } from '../../database/sql.js';
import { nextOnboardingDay } from './onboarding-days.rules.js';

/** An onboarding day as lists show it. */
export interface OnboardingDayRow {
  id: number;
  on: LocalDate;
  startsAt: string;
  endsAt: string;
  venue: string;
  address: string;
  directions: string | null;
  instructors: string | null;
  message: string | null;
  capacity: number;
  seatsTaken: number;
  bookBy: LocalDate;
  isCancelled: boolean;
  version: number;
}

/** Which days a list holds. */
export interface DayFilter {
  from?: LocalDate | undefined;
  to?: LocalDate | undefined;
  limit: number;
  cursor?: string | undefined;
}

type Raw = Omit<OnboardingDayRow, 'startsAt' | 'endsAt' | 'isCancelled'> & {
  startsAt: string | Date;
  endsAt: string | Date;
  isCancelled: number;
};

const SELECT = `SELECT id, onDate AS \`on\`, startsAt, endsAt, venue, address, directions, instructors, message, capacity,
    seatsTaken, bookBy, version, CASE WHEN cancelledAt IS NULL THEN 0 ELSE 1 END AS isCancelled FROM onboarding_day`;

/** Reads onboarding days. */
@Injectable()
export class OnboardingDayQueries {
  constructor(private readonly database: Database) {}

  /** Days, earliest first. */
  async list({ from, to, limit, cursor }: DayFilter): Promise<Page<OnboardingDayRow>> {
    const after = decodeCursor(cursor, ['string', 'number']);
    const where = allOf([
      from === undefined ? undefined : { sql: 'onDate >= ?', values: [from] },
      to === undefined ? undefined : { sql: 'onDate <= ?', values: [to] },
      after && { sql: 'onDate > ? OR (onDate = ? AND id > ?)', values: [after[0], after[0], after[1]] },
    ]);
    const rows = await this.database.select<Raw>(`${SELECT} WHERE ${where.sql} ORDER BY onDate, id LIMIT ?`, [
      ...where.values,
      limit + 1,
    ]);
    return toPage(rows.map(toRow), limit, (row) => [row.on, row.id]);
  }

  /** One day; undefined when there is none. */
  async find(dayId: number): Promise<OnboardingDayRow | undefined> {
    const [day] = await this.byIds([dayId]);
    return day;
  }

  /** The last day that is planned and not cancelled; undefined when none ever was. */
  async latest(): Promise<OnboardingDayRow | undefined> {
    const [raw] = await this.database.select<Raw>(
      `${SELECT} WHERE cancelledAt IS NULL ORDER BY onDate DESC, id DESC LIMIT 1`,
    );
    return raw && toRow(raw);
  }

  /** Days from a day on, earliest first; there are about four a year. */
  async ahead(from: LocalDate): Promise<OnboardingDayRow[]> {
    const rows = await this.database.select<Raw>(`${SELECT} WHERE onDate >= ? ORDER BY onDate, id`, [from]);
    return rows.map(toRow);
  }

  /** Days by their keys, in the order of the days. Inside a unit of work pass its tx. */
  async byIds(
    ids: readonly number[],
    source: EntityManager = this.database.reader.manager,
  ): Promise<OnboardingDayRow[]> {
    const rows = await selectRows<Raw>(
      source,
      `${SELECT} WHERE id IN (${placeholders(ids)}) ORDER BY onDate, id`,
      ids,
    );
    return rows.map(toRow);
  }

  /** The day an agent who starts on `startOn` is to attend; undefined when none is planned. Inside a unit of work pass its tx. */
  async next(
    startOn: LocalDate,
    today: LocalDate,
    source: EntityManager = this.database.reader.manager,
  ): Promise<OnboardingDayRow | undefined> {
    // There are about four a year.
    const ahead = await selectRows<Raw>(source, `${SELECT} WHERE onDate >= ? ORDER BY onDate, id`, [today]);
    return nextOnboardingDay(ahead.map(toRow), startOn, today);
  }
}

function toRow(raw: Raw): OnboardingDayRow {
  return {
    ...raw,
    startsAt: toInstant(raw.startsAt).toISOString(),
    endsAt: toInstant(raw.endsAt).toISOString(),
    isCancelled: raw.isCancelled === 1,
  };
}
