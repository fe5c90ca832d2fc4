import { Injectable } from '@nestjs/common';
import { addDays, type LocalDate } from '../common/local-date.js';
import type { Tx } from '../database/unit-of-work.js';
import type { SeatDay } from '../modules/onboarding-days/index.js';
import {
  demoEmail,
  demoKind,
  demoRegisteredOn,
  demoStartOn,
  hasAttendedBefore,
  wantsFullDay,
  wasBookedOnHeldDay,
} from './demo-agent-plan.js';
import { DemoSeats } from './seats/demo-seats.js';
import { seatDays } from './seats/seat-days.js';
import { SeatHistory, type PlannedMark } from './seats/seat-history.js';

/** The others who were expected on the day that has been held attended. */
const MARKS: Record<string, Pick<PlannedMark, 'status' | 'reason'>> = {
  [demoEmail(17)]: { status: 'excused', reason: 'leave' },
  [demoEmail(21)]: { status: 'no_show', reason: 'work' },
  [demoEmail(25)]: { status: 'partial', reason: 'transport' },
};

/** The seats of the small demonstration: a day that was held, the next one with room, and one that is full with a line. */
@Injectable()
export class SmallSeats {
  constructor(private readonly seats: DemoSeats) {}

  /** For as many agents as there are. */
  async write(tx: Tx, agents: number, today: LocalDate): Promise<void> {
    await this.seats.write(tx, planSmall(await seatDays(tx), agents, today));
  }
}

const isNew = (n: number): boolean => demoKind(n) === 'new';

function planSmall(days: readonly SeatDay[], agents: number, today: LocalDate): SeatHistory {
  const [held, , , full] = days as [SeatDay, SeatDay, SeatDay, SeatDay];
  const history = new SeatHistory(days);
  const all = Array.from({ length: agents }, (_, n) => n);
  for (const n of all.filter((one) => !isNew(one))) begin(history, n, today);
  for (const n of all.filter(wasBookedOnHeldDay))
    history.book(demoEmail(n), held, { on: addDays(held.on, -20), time: '11:00' });
  const marks = history
    .seatedOn(held)
    .map((email) => ({ email, ...(MARKS[email] ?? { status: 'attended' as const, reason: null }) }));
  history.hold(held, marks, { on: held.on, time: '15:45' });
  for (const n of all.filter(wantsFullDay))
    history.book(demoEmail(n), full, { on: addDays(held.on, 7), time: '09:30' });
  for (const n of all.filter(isNew).toReversed()) begin(history, n, today);
  return history;
}

function begin(history: SeatHistory, n: number, today: LocalDate): void {
  const registeredAt = { on: demoRegisteredOn(n, today), time: '10:00' } as const;
  history.begin(
    {
      email: demoEmail(n),
      kind: demoKind(n),
      startOn: demoStartOn(n, today),
      lastOn: null,
      registeredAt,
      quietUntil: null,
      hasAttended: hasAttendedBefore(n),
    },
    registeredAt,
  );
}
