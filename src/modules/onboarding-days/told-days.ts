import { Injectable } from '@nestjs/common';
import type { LocalDate } from '../../common/local-date.js';
import { placeholders, selectRows, toInstant } from '../../database/sql.js';
import type { Tx } from '../../database/unit-of-work.js';

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

type Raw = Omit<ToldDay, 'startsAt' | 'endsAt'> & { startsAt: string | Date; endsAt: string | Date };

/** Reads onboarding days for those who are told of them. */
@Injectable()
export class ToldDays {
  /** The days by their keys. */
  async read(tx: Tx, ids: readonly number[]): Promise<Map<number, ToldDay>> {
    if (ids.length === 0) return new Map();
    const distinct = [...new Set(ids)];
    const rows = await selectRows<Raw>(
      tx,
      `SELECT id, onDate AS \`on\`, startsAt, endsAt, venue, address, directions, instructors, message, bookBy
         FROM onboarding_day WHERE id IN (${placeholders(distinct)})`,
      distinct,
    );
    return new Map(
      rows.map((row) => [
        row.id,
        { ...row, startsAt: toInstant(row.startsAt), endsAt: toInstant(row.endsAt) },
      ]),
    );
  }
}
