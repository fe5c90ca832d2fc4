import { Injectable } from '@nestjs/common';
import type { LocalDate } from '../../../common/local-date.js';
import { execute, lockClause, selectRows } from '../../../database/sql.js';
import type { Tx } from '../../../database/unit-of-work.js';
import type { SeatDay } from '../onboarding-days.rules.js';

type Raw = Omit<SeatDay, 'isCancelled'> & { isCancelled: number };

const SELECT = `SELECT id, onDate AS \`on\`, bookBy, capacity, seatsTaken,
    CASE WHEN cancelledAt IS NULL THEN 0 ELSE 1 END AS isCancelled FROM onboarding_day`;

/**
 * The days as those see them who hand out seats. Whoever changes more than one seat holds the rows of all days ahead, locked
 * earliest first, so that two of them wait for each other and never across.
 */
@Injectable()
export class SeatDays {
  /** The days from today on, earliest first, their rows locked; with a day of the past that the work is about. */
  async lock(tx: Tx, today: LocalDate, dayId = 0): Promise<SeatDay[]> {
    return toDays(
      await selectRows<Raw>(
        tx,
        `${SELECT} WHERE onDate >= ? OR id = ? ORDER BY onDate, id${lockClause(tx)}`,
        [today, dayId],
      ),
    );
  }

  /** Takes a seat when there is one; tells whether there was. This statement alone hands out seats. */
  async take(tx: Tx, day: SeatDay): Promise<boolean> {
    const { affected } = await execute(
      tx,
      'UPDATE onboarding_day SET seatsTaken = seatsTaken + 1 WHERE id = ? AND seatsTaken < capacity AND cancelledAt IS NULL',
      [day.id],
    );
    if (affected === 1) day.seatsTaken += 1;
    return affected === 1;
  }

  /** Gives a seat back. */
  async giveBack(tx: Tx, dayId: number, days: readonly SeatDay[]): Promise<void> {
    await execute(tx, 'UPDATE onboarding_day SET seatsTaken = seatsTaken - 1 WHERE id = ?', [dayId]);
    const day = days.find(({ id }) => id === dayId);
    if (day) day.seatsTaken -= 1;
  }
}

function toDays(rows: readonly Raw[]): SeatDay[] {
  return rows.map((row) => ({ ...row, isCancelled: row.isCancelled === 1 }));
}
