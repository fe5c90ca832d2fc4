import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '../../../common/access/principal.js';
import { scopeOf } from '../../../common/access/scope.js';
import { Clock } from '../../../common/clock.js';
import { randomToken } from '../../../common/crypto.js';
import { DomainError } from '../../../common/domain-error.js';
import { localDateOf, type LocalDate } from '../../../common/local-date.js';
import { ENV, type Env } from '../../../config/env.js';
import { Database } from '../../../database/database.js';
import { AgentDaysQueries } from './agent-days.queries.js';
import { Attendees, type AttendeeRow, type Place } from './attendees.js';
import { bookingFault, mayLeave, type Booker } from './booking.rules.js';
import { bookerOf } from './booking.service.js';
import { OnboardingDayQueries, type OnboardingDayRow } from '../onboarding-days.queries.js';
import { freeSeats } from '../onboarding-days.rules.js';

/** A seat or a place in line with its day. */
interface ShownPlace {
  bookingId: number;
  day: OnboardingDayRow;
  /** Whether the day is over and nobody has noted yet who took part. */
  isPast: boolean;
  mayLeave: boolean;
}

/** Gathers where an agent stands with the onboarding day, for those who follow the agent and for the agent. */
@Injectable()
export class AgentDayModel {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly database: Database,
    private readonly agents: AgentDaysQueries,
    private readonly attendees: Attendees,
    private readonly days: OnboardingDayQueries,
  ) {}

  /** @throws DomainError `not_found`, also for what the caller may not know of */
  async of(agentId: number, by: Principal) {
    const agent = await this.agents.find(scopeOf(by), agentId);
    const attendee = agent && (await this.attendees.find(this.database.reader.manager, agentId));
    if (!attendee) throw new DomainError('not_found', 'not_found');
    const today = localDateOf(this.clock.now(), this.env.TZ_NAME);
    const booker = bookerOf(by);
    const held = await this.held(attendee);
    const shown = (place: Place | null) => showPlace(place, held, booker, today);
    const [seat, wait] = [shown(attendee.seat), shown(attendee.wait)];
    const history = await this.agents.history(agentId);
    return {
      agent,
      seat,
      wait: wait && { ...wait, place: await this.agents.placeInLine(wait.bookingId) },
      isUnplaced: attendee.seat?.status === 'unplaced',
      isInNeed: attendee.isInNeed,
      hasAttended: attendee.hasAttended,
      hasLeft: !attendee.isEmployed,
      history,
      lastAttended: history.find((day) => !day.mustAttendAgain) ?? null,
      choices: (await this.choices(attendee, { seat, booker, today })).filter(
        ({ id }) => !history.some(({ dayId }) => dayId === id),
      ),
      key: randomToken(),
    };
  }

  private held({ seat, wait }: AttendeeRow): Promise<OnboardingDayRow[]> {
    const ids = [seat?.dayId, wait?.dayId].filter((id) => typeof id === 'number');
    return ids.length === 0 ? Promise.resolve([]) : this.days.byIds(ids);
  }

  /** The days the agent can be booked on; none while the seat there is cannot be given up. */
  private async choices(
    attendee: AttendeeRow,
    { seat, booker, today }: { seat: ShownPlace | null; booker: Booker; today: LocalDate },
  ) {
    if (!attendee.isEmployed || (seat && !seat.isPast && !seat.mayLeave)) return [];
    const heldDayIds = [attendee.seat?.dayId, attendee.wait?.dayId].filter((id) => typeof id === 'number');
    return (await this.days.ahead(today))
      .filter((day) => !bookingFault(day, { ...attendee, heldDayIds }, booker, today))
      .map((day) => ({ ...day, free: freeSeats(day), isFull: freeSeats(day) === 0 }));
  }
}

function showPlace(
  place: Place | null,
  days: readonly OnboardingDayRow[],
  booker: Booker,
  today: LocalDate,
): ShownPlace | null {
  const day = days.find(({ id }) => id === place?.dayId);
  if (!place || !day) return null;
  return { bookingId: place.id, day, isPast: day.on < today, mayLeave: mayLeave(day, booker, today) };
}
