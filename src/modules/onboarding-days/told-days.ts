import { Injectable } from '@nestjs/common';
import type { LocalDate } from '../../common/local-date.js';
import { placeholders, selectRows, toInstant } from '../../database/sql.js';
import type { Tx } from '../../database/unit-of-work.js';
import type { SeatDay } from './onboarding-days.rules.js';

/** An onboarding day as mails and calendars tell it. */
export interface ToldDay {
  id: number;
  on: LocalDate;
  startsAt: Date;
  endsAt: Date;
  venue: string;
  address: string;
  directions: string | null;
  instructors: string | null;
  message: string | null;
  bookBy: LocalDate;
}

interface Raw extends Omit<ToldDay, 'startsAt' | 'endsAt'> {
  startsAt: string | Date;
  endsAt: string | Date;
}

type RawSeats = Raw & Omit<SeatDay, 'isCancelled'> & { isCancelled: number };

const TOLD = 'id, onDate AS `on`, startsAt, endsAt, venue, address, directions, instructors, message, bookBy';

/** Reads onboarding days for those who are told of them. */
@Injectable()
export class ToldDays {
  /** The days by their keys. */
  async read(tx: Tx, ids: readonly number[]): Promise<Map<number, ToldDay>> {
    if (ids.length === 0) return new Map();
    const distinct = [...new Set(ids)];
    const rows = await selectRows<Raw>(
      tx,
      `SELECT ${TOLD} FROM onboarding_day WHERE id IN (${placeholders(distinct)})`,
      distinct,
    );
    return new Map(rows.map((row) => [row.id, toTold(row)]));
  }

  /** The days from a day on, earliest first, with their seats as they may have changed already: nobody holds the rows. */
  async ahead(tx: Tx, from: LocalDate): Promise<(ToldDay & SeatDay)[]> {
    const rows = await selectRows<RawSeats>(
      tx,
      `SELECT ${TOLD}, capacity, seatsTaken, CASE WHEN cancelledAt IS NULL THEN 0 ELSE 1 END AS isCancelled
         FROM onboarding_day WHERE onDate >= ? ORDER BY onDate, id`,
      [from],
    );
    return rows.map((row) => ({ ...row, ...toTold(row), isCancelled: row.isCancelled === 1 }));
  }
}

function toTold<T extends Raw>(row: T): T & ToldDay {
  return { ...row, startsAt: toInstant(row.startsAt), endsAt: toInstant(row.endsAt) };
}
