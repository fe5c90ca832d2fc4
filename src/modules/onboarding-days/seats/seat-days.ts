import { Injectable } from '@nestjs/common';
import type { LocalDate } from '../../../common/local-date.js';
import { execute, isSqlite, lockClause, selectRows } from '../../../database/sql.js';
import type { Tx } from '../../../database/unit-of-work.js';
import type { SeatDay } from '../onboarding-days.rules.js';

type Raw = Omit<SeatDay, 'isCancelled'> & { isCancelled: number };

const TAKE =
  'UPDATE onboarding_day SET seatsTaken = seatsTaken + 1 WHERE id = ? AND seatsTaken < capacity AND cancelledAt IS NULL';
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

  /** Takes a seat when there is one; tells whether there was. This statement and the next alone hand out seats. */
  async take(tx: Tx, day: SeatDay): Promise<boolean> {
    const { affected } = await execute(tx, TAKE, [day.id]);
    if (affected === 1) day.seatsTaken += 1;
    return affected === 1;
  }

  /**
   * The same for a booking that is written already but for its day. On a server both rows change in one statement, the last
   * before the commit, so that nobody waits for the day longer than that takes.
   */
  async takeFor(tx: Tx, day: SeatDay, bookingId: number): Promise<boolean> {
    if (!(await this.takeWith(tx, day.id, bookingId))) return false;
    day.seatsTaken += 1;
    return true;
  }

  private async takeWith(tx: Tx, dayId: number, bookingId: number): Promise<boolean> {
    if (!isSqlite(tx)) {
      const { affected } = await execute(
        tx,
        `UPDATE onboarding_day d JOIN booking b ON b.id = ? SET d.seatsTaken = d.seatsTaken + 1, b.dayId = d.id
          WHERE d.id = ? AND d.seatsTaken < d.capacity AND d.cancelledAt IS NULL`,
        [bookingId, dayId],
      );
      return affected === 2;
    }
    const { affected } = await execute(tx, TAKE, [dayId]);
    if (affected === 1) await execute(tx, 'UPDATE booking SET dayId = ? WHERE id = ?', [dayId, bookingId]);
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
