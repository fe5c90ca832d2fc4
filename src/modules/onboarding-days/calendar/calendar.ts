import ical, {
  ICalAttendeeRole,
  ICalAttendeeStatus,
  ICalCalendarMethod,
  ICalEventStatus,
  type ICalEventData,
} from 'ical-generator';

/** An onboarding day as calendars show it; instants are written in UTC, which no change of the clock can shift. */
export interface CalendarDay {
  startsAt: Date;
  endsAt: Date;
  venue: string;
  address: string;
}

/** One entry. */
export interface CalendarEntry {
  /** The same for an entry and everything that changes it (RFC 5545 §3.8.4.7). */
  uid: string;
  /** Grows with every change (RFC 5545 §3.8.7.4). */
  sequence: number;
  stamp: Date;
  day: CalendarDay;
  summary: string;
  description: string;
  url: string;
  isCancelled: boolean;
}

/** Somebody named in an invitation. */
export interface CalendarParty {
  name: string;
  email: string;
}

const PRODUCT = { company: 'Vagtklar', product: 'Onboarding' };

/**
 * An invitation to one entry, or its cancellation, to go with a mail (RFC 5546 §3.2.2 and §3.2.5). No answer is asked for: the
 * seat is booked already.
 */
export function invitation(entry: CalendarEntry, organizer: CalendarParty, attendee: CalendarParty): string {
  const own: Record<string, string> = {
    UID: `UID:${entry.uid}`,
    DTSTAMP: `DTSTAMP:${entry.stamp.toISOString().replace(/[-:]|\.\d+/g, '')}`,
    ATTENDEE: `${ATTENDEE}${quotable(attendee).name.replaceAll('\\', '\\\\')}":MAILTO:${attendee.email}`,
  };
  return sharedLines(entry, organizer, attendee)
    .map((line) => {
      const [, name] = OWN_LINE.exec(line) ?? [];
      return name ? folded(own[name]!) : line;
    })
    .join('\r\n');
}

const ATTENDEE = 'ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE;CN="';
/** What differs between those who take part in the same day. */
const OWN_LINE = /^(UID|DTSTAMP|ATTENDEE)[:;]/;
const MOST_SHARED = 100;
/** Writing the whole entry costs as much as the rest of a registration's mails, and most of it is the same for all of a day. */
const shared = new Map<string, string[]>();

function sharedLines(entry: CalendarEntry, organizer: CalendarParty, attendee: CalendarParty): string[] {
  const { startsAt, endsAt, venue, address } = entry.day;
  const day = { startsAt, endsAt, venue, address };
  const key = JSON.stringify([{ ...entry, day, uid: '', stamp: '' }, organizer]);
  const known = shared.get(key);
  if (known) return known;
  const lines = contentLines(written(entry, organizer, attendee));
  if (shared.size >= MOST_SHARED) shared.clear();
  shared.set(key, lines);
  return lines;
}

/** A line broken after 74 octets, as the rest is; never within a character (RFC 5545 §3.1). */
function folded(line: string): string {
  if (Buffer.byteLength(line) <= 74) return line;
  let text = '';
  let octets = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    octets += size;
    if (octets > 74) {
      text += '\r\n ';
      octets = size;
    }
    text += character;
  }
  return text;
}

/** The lines as they are meant, each still folded (RFC 5545 §3.1). */
function contentLines(text: string): string[] {
  return text.split(/\r\n(?![ \t])/);
}

/** The whole entry by the library, which `invitation` must equal. */
export function written(entry: CalendarEntry, organizer: CalendarParty, attendee: CalendarParty): string {
  const calendar = ical({
    prodId: PRODUCT,
    method: entry.isCancelled ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.REQUEST,
  });
  calendar.createEvent({
    ...eventOf(entry),
    organizer: quotable(organizer),
    attendees: [
      { ...quotable(attendee), rsvp: false, role: ICalAttendeeRole.REQ, status: ICalAttendeeStatus.ACCEPTED },
    ],
  });
  return calendar.toString();
}

/** Many entries for a program that reads them again and again (RFC 7986 §5.7 for the interval). */
export function feed(name: string, entries: readonly CalendarEntry[]): string {
  const calendar = ical({ prodId: PRODUCT, name, method: ICalCalendarMethod.PUBLISH, ttl: 3600 });
  for (const entry of entries) calendar.createEvent(eventOf(entry));
  return calendar.toString();
}

/** A name with what may not stand in the quotes of a parameter written otherwise (RFC 6868 §3.1). */
function quotable({ name, email }: CalendarParty): CalendarParty {
  return { name: name.replaceAll('^', '^^').replaceAll('"', "^'"), email };
}

function eventOf(entry: CalendarEntry): ICalEventData {
  const { uid, sequence, stamp, day, summary, description, url } = entry;
  return {
    id: uid,
    sequence,
    stamp,
    start: day.startsAt,
    end: day.endsAt,
    summary,
    description,
    location: `${day.venue}, ${day.address}`,
    url,
    status: entry.isCancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
  };
}
