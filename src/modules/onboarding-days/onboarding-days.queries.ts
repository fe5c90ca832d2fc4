import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { LocalDate } from '../../common/local-date.js';
import { decodeCursor, toPage, type Page } from '../../common/pagination.js';
import { Database } from '../../database/database.js';
import { selectRows, toInstant } from '../../database/sql.js';
import { nextOnboardingDay } from './onboarding-days.rules.js';

/** An onboarding day as lists show it. */
export interface OnboardingDayRow {
  id: number;
  on: LocalDate;
  startsAt: string;
  endsAt: string;
  venue: string;
  address: string;
  capacity: number;
  bookBy: LocalDate;
  isCancelled: boolean;
}

type Raw = Omit<OnboardingDayRow, 'startsAt' | 'endsAt' | 'isCancelled'> & {
  startsAt: string | Date;
  endsAt: string | Date;
  isCancelled: number;
};

const SELECT = `SELECT id, onDate AS \`on\`, startsAt, endsAt, venue, address, capacity, bookBy,
    CASE WHEN cancelledAt IS NULL THEN 0 ELSE 1 END AS isCancelled FROM onboarding_day`;

/** Reads onboarding days. */
@Injectable()
export class OnboardingDayQueries {
  constructor(private readonly database: Database) {}

  /** Days, earliest first. */
  async list(filter: { limit: number; cursor?: string | undefined }): Promise<Page<OnboardingDayRow>> {
    const cursor = decodeCursor(filter.cursor, ['string', 'number']);
    const rows = await this.database.select<Raw>(
      `${SELECT} ${cursor ? 'WHERE onDate > ? OR (onDate = ? AND id > ?)' : ''} ORDER BY onDate, id LIMIT ?`,
      [...(cursor ? [cursor[0], cursor[0], cursor[1]] : []), filter.limit + 1],
    );
    return toPage(rows.map(toRow), filter.limit, (row) => [row.on, row.id]);
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
