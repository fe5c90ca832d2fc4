import ical, {
  ICalAttendeeRole,
  ICalAttendeeStatus,
  ICalCalendarMethod,
  ICalEventClass,
  ICalEventStatus,
} from 'ical-generator';

/** A talk as one of the two has it in the calendar. */
export interface TalkEntry {
  /** The same for both of them and for everything that changes it (RFC 5545 §3.8.4.7). */
  uid: string;
  /** Grows with every change (RFC 5545 §3.8.7.4). */
  sequence: number;
  stamp: Date;
  startsAt: Date;
  minutes: number;
  summary: string;
  description: string;
  /** The Teams address, if it is known yet. */
  link: string | null;
  url: string;
  isCancelled: boolean;
}

/** Somebody named in an invitation. */
export interface TalkPerson {
  name: string;
  email: string;
}

/**
 * An invitation to a talk, or its cancellation, to go with a mail (RFC 5546 §3.2.2 and §3.2.5). It names the receiver alone, so that
 * neither address is given to the other, and is private: colleagues who see the calendar see that the time is taken.
 */
export function talkInvitation(entry: TalkEntry, organizer: TalkPerson, attendee: TalkPerson): string {
  const { uid, sequence, stamp, startsAt, minutes, summary, description, link, url, isCancelled } = entry;
  const calendar = ical({
    prodId: { company: 'Vagtklar', product: 'Sparring' },
    method: isCancelled ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.REQUEST,
  });
  calendar.createEvent({
    id: uid,
    sequence,
    stamp,
    start: startsAt,
    end: new Date(startsAt.getTime() + minutes * 60_000),
    summary,
    description,
    ...(link !== null && { location: link }),
    url,
    class: ICalEventClass.PRIVATE,
    status: isCancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    organizer: quotable(organizer),
    attendees: [
      { ...quotable(attendee), rsvp: false, role: ICalAttendeeRole.REQ, status: ICalAttendeeStatus.ACCEPTED },
    ],
  });
  return calendar.toString();
}

/** A name with what may not stand in the quotes of a parameter written otherwise (RFC 6868 §3.1). */
function quotable({ name, email }: TalkPerson): TalkPerson {
  return { name: name.replaceAll('^', '^^').replaceAll('"', "^'"), email };
}
