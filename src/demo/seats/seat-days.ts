import type { LocalDate } from '../../common/local-date.js';
import { selectRows } from '../../database/sql.js';
import type { Tx } from '../../database/unit-of-work.js';
import type { SeatDay } from '../../modules/onboarding-days/index.js';

/** The onboarding days that are there, earliest first. */
export async function seatDays(tx: Tx): Promise<SeatDay[]> {
  const rows = await selectRows<{ id: number; on: LocalDate; bookBy: LocalDate; capacity: number }>(
    tx,
    'SELECT id, onDate AS `on`, bookBy, capacity FROM onboarding_day ORDER BY onDate, id',
  );
  return rows.map((day) => ({ ...day, isCancelled: false, seatsTaken: 0 }));
}
