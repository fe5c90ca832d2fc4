import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import { addDays, localDateOf, type LocalDate } from '../../../common/local-date.js';
import { ENV, type Env } from '../../../config/env.js';
import { Database } from '../../../database/database.js';
import { toInstant, toInstantOrNull } from '../../../database/sql.js';
import { MailReasons } from '../../notifications/index.js';
import { SEAT_REMINDER_AHEAD_DAYS, SEAT_REMINDER_DAYS, type SeatReminder } from './seat-reminders.rules.js';

/** The template of the reminder. */
export const SEAT_REMINDER_TEMPLATE = 'onboarding-reminder';

/** Somebody with a seat on a day that is near. */
export interface SeatedAgent {
  bookingId: number;
  dayId: number;
  on: LocalDate;
  personId: number;
  firstName: string;
  email: string;
  language: string;
  /** When the agent was last told of the seat, or will be. */
  toldAt: Date;
  /** The reminders that exist already. */
  reminded: SeatReminder[];
}

type RawInstant = string | Date;
type Raw = Omit<SeatedAgent, 'toldAt' | 'reminded'> & {
  createdAt: RawInstant;
  quietUntil: RawInstant | null;
  mailedAt: RawInstant | null;
} & Record<`reminded${SeatReminder}`, number>;

/** The key that lets one reminder of a kind exist for a seat on a date. */
const KEY = `CONCAT('${SEAT_REMINDER_TEMPLATE}:', b.id, ':', d.onDate, ':'`;
const REMINDED = SEAT_REMINDER_DAYS.map(
  (days) => `EXISTS (SELECT 1 FROM mail k WHERE k.dedupeKey = ${KEY}, ${days})) AS reminded${days}`,
).join(', ');
const SEATED = `FROM onboarding_day d JOIN booking b ON b.dayId = d.id AND b.status = 'booked' AND b.seatAgentId IS NOT NULL
    JOIN employment m ON m.openAgentId = b.agentId`;

/** Reads who is to be reminded of a seat, and says before a reminder goes out whether its reason still holds. */
@Injectable()
export class SeatReminderQueries implements OnModuleInit {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly database: Database,
    private readonly reasons: MailReasons,
  ) {}

  onModuleInit(): void {
    this.reasons.register(SEAT_REMINDER_TEMPLATE, (bookingId, dedupeKey) =>
      this.stillHolds(bookingId, dedupeKey),
    );
  }

  /** Everyone with a seat on a day of which a reminder can be due. */
  async near(now: Date): Promise<SeatedAgent[]> {
    const today = localDateOf(now, this.env.TZ_NAME);
    const rows = await this.database.select<Raw>(
      `SELECT b.id AS bookingId, d.id AS dayId, d.onDate AS \`on\`, p.id AS personId, p.firstName, p.email, p.language,
              b.createdAt, b.quietUntil, ${REMINDED},
              (SELECT MAX(w.createdAt) FROM mail w WHERE w.toPersonId = p.id AND w.template = 'onboarding-seat') AS mailedAt
         ${SEATED} JOIN agent a ON a.id = b.agentId JOIN person p ON p.id = a.personId
        WHERE d.onDate > ? AND d.onDate <= ? AND d.cancelledAt IS NULL ORDER BY b.id`,
      [today, addDays(today, SEAT_REMINDER_AHEAD_DAYS)],
    );
    return rows.map(toSeated);
  }

  /** Whether the agent of a queued reminder still holds that seat on that date, and was not told anew since. */
  private async stillHolds(bookingId: number, dedupeKey: string | null): Promise<boolean> {
    const row = await this.database.selectOne(
      `SELECT b.id ${SEATED}
         JOIN mail r ON r.dedupeKey = ? AND r.dedupeKey LIKE ${KEY}, '%')
        WHERE b.id = ? AND d.cancelledAt IS NULL AND d.startsAt > ?
          AND NOT EXISTS (SELECT 1 FROM mail w WHERE w.toPersonId = r.toPersonId AND w.template = 'onboarding-seat'
                             AND w.id > r.id)`,
      [dedupeKey, bookingId, this.clock.now()],
    );
    return row !== undefined;
  }
}

function toSeated({ createdAt, quietUntil, mailedAt, reminded14, reminded2, ...row }: Raw): SeatedAgent {
  const told = [toInstant(createdAt), toInstantOrNull(quietUntil), toInstantOrNull(mailedAt)];
  const reminded = { 14: reminded14, 2: reminded2 };
  return {
    ...row,
    toldAt: new Date(Math.max(...told.map((at) => at?.getTime() ?? 0))),
    reminded: SEAT_REMINDER_DAYS.filter((days) => reminded[days] === 1),
  };
}
