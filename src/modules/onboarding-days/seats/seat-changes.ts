import type { AttendeeRow, Place } from './attendees.js';

/** What happened to an agent's seat, as the mails say it. */
export type SeatOccasion =
  /** Given by the autopilot. */
  | 'given'
  /** Booked or moved by somebody. */
  | 'booked'
  /** From the waiting list. */
  | 'promoted'
  | 'waitlisted'
  | 'cancelled'
  | 'day_changed'
  | 'day_cancelled'
  /** Did not turn up, or must attend again. */
  | 'again'
  /** Took part, so that a seat elsewhere is not needed any more. */
  | 'attended'
  /** The employment does not reach to the day any more, or begins after it. */
  | 'period'
  /** The waiting list was closed without a seat. */
  | 'closed';

/** What of a booking a mail tells. */
export type ToldPlace = Pick<Place, 'id' | 'dayId' | 'calendarUid' | 'calendarSequence'>;

/** One change of an agent's seat. */
export interface SeatChange {
  agentId: number;
  occasion: SeatOccasion;
  before: ToldPlace | null;
  after: ToldPlace | null;
  /** The day whose waiting list the agent stands on afterwards. */
  waitDayId: number | null;
  /** Whether a seat comes by itself as soon as there is one. */
  isWaiting: boolean;
  quietUntil: Date | null;
}

/** The seats of agents before and after a piece of work; what is the same in the end is not told. */
export class SeatChanges {
  private readonly begun = new Map<
    number,
    { attendee: AttendeeRow; before: Place | null; wait: number | null }
  >();
  private readonly occasions = new Map<number, SeatOccasion>();
  private readonly always = new Set<number>();
  private readonly others: SeatChange[] = [];

  /** Notes how the agent stands before anything is done; the first call counts, and so does the first occasion. */
  begin(attendee: AttendeeRow, occasion: SeatOccasion): void {
    if (this.begun.has(attendee.agentId)) return;
    const { seat, wait } = attendee;
    this.begun.set(attendee.agentId, { attendee, before: booked(seat), wait: wait?.dayId ?? null });
    this.occasions.set(attendee.agentId, occasion);
  }

  /** The agent is told, also when the seat is the same in the end. */
  insist(agentId: number): void {
    this.always.add(agentId);
  }

  /** Something else that is to be told of a seat that stays: its day has changed. */
  also(change: SeatChange): void {
    this.others.push(change);
  }

  /** The agent as known so far, so that nobody is read twice in different states. */
  known(agentId: number): AttendeeRow | undefined {
    return this.begun.get(agentId)?.attendee;
  }

  /** Who stands otherwise than before. */
  list(): SeatChange[] {
    const changed = [...this.begun.values()].flatMap(({ attendee, before, wait }) => {
      const after = booked(attendee.seat);
      const waitDayId = attendee.wait?.dayId ?? null;
      const isSame = before?.dayId === after?.dayId && wait === waitDayId;
      if (isSame && !this.always.has(attendee.agentId)) return [];
      const occasion = this.occasions.get(attendee.agentId)!;
      const { agentId, quietUntil } = attendee;
      const isWaiting = waitDayId !== null || attendee.seat?.status === 'unplaced';
      return [{ agentId, occasion, before, after, waitDayId, isWaiting, quietUntil }];
    });
    const told = new Set(changed.map(({ agentId }) => agentId));
    return [...changed, ...this.others.filter(({ agentId }) => !told.has(agentId))];
  }
}

function booked(place: Place | null): Place | null {
  return place?.status === 'booked' ? place : null;
}
