import ICAL from 'ical.js';
import { IANAZone } from 'luxon';
import { instantOfWall } from '../shift-times.rules.js';
import { decodedText } from './decoded-text.js';
import type { FileRow } from './plan-rows.js';

/** The columns of the rows made of a calendar. */
export const CALENDAR_MAPPING = { agentId: 0, agent: 1, start: 2, end: 3 } as const;

/** No event of a plan is longer; one that is has lost its end. */
const LONGEST_EVENT = 100_000;
/** An agent stands at the beginning of a text; the patterns that look for one take long for a text without end. */
const LONGEST_TEXT = 500;
/** What Outlook calls the zones from which a Danish plan may come. */
const WINDOWS_ZONES: Record<string, string> = {
  'Romance Standard Time': 'Europe/Copenhagen',
  'W. Europe Standard Time': 'Europe/Berlin',
  'Central Europe Standard Time': 'Europe/Budapest',
  'Central European Standard Time': 'Europe/Warsaw',
  'GMT Standard Time': 'Europe/London',
};

/**
 * The events of a calendar as rows, one for each agent: whoever is an ATTENDEE, else the address in the SUMMARY, else what stands in
 * square brackets there (the phone system's id), else the key in a UID `agent-<key>-…`. Events that are cancelled are left out.
 */
export async function* calendarRows(path: string, encoding: string, zone: string): AsyncGenerator<FileRow> {
  let number = 0;
  for await (const text of events(path, encoding)) {
    number += 1;
    yield* readEvent(text, number, zone);
  }
}

/** All of an event is read before a row of it is given: ical.js finds out only then that a value makes no sense. */
function readEvent(text: string, number: number, zone: string): FileRow[] {
  try {
    const event = new ICAL.Component(ICAL.parse(text) as ConstructorParameters<typeof ICAL.Component>[0]);
    return statusOf(event) === 'CANCELLED' ? [] : [...rowsOf(event, number, zone)];
  } catch {
    return [{ number, cells: [], fault: { field: '', code: 'shift_event_unreadable' } }];
  }
}

function* rowsOf(event: ICAL.Component, number: number, zone: string): Generator<FileRow> {
  const start = timeOf(event, 'dtstart', zone);
  const end = timeOf(event, 'dtend', zone) ?? endByDuration(event, start);
  const code = faultOf(event);
  for (const [agentId, agent] of agentsOf(event)) {
    const cells = [agentId, agent, start?.toISOString() ?? '', end?.toISOString() ?? ''];
    yield code ? { number, cells, fault: { field: 'start', code } } : { number, cells };
  }
}

/** The text of each event, from its begin to its end; nothing for one that was too long to be kept. */
async function* events(path: string, encoding: string): AsyncGenerator<string> {
  let rest = '';
  for await (const text of decodedText(path, encoding)) {
    rest += text;
    for (;;) {
      const end = /^END:VEVENT[ \t]*\r?\n?/im.exec(rest);
      if (!end) break;
      const after = end.index + end[0].length;
      const begin = beginOf(rest);
      yield begin >= 0 && begin < end.index ? rest.slice(begin, after) : '';
      rest = rest.slice(after);
    }
    // What stands before an event is of no interest, and an event without an end must not fill the memory.
    if (rest.length > LONGEST_EVENT) rest = rest.slice(Math.max(beginOf(rest), 0));
    if (rest.length > LONGEST_EVENT) rest = rest.slice(-64);
  }
}

function beginOf(text: string): number {
  return text.search(/^BEGIN:VEVENT/im);
}

function faultOf(event: ICAL.Component): string | undefined {
  if (event.hasProperty('rrule') || event.hasProperty('rdate')) return 'shift_event_repeats';
  const start = event.getFirstPropertyValue('dtstart');
  return start instanceof ICAL.Time && start.isDate ? 'shift_event_all_day' : undefined;
}

function statusOf(event: ICAL.Component): string {
  return textOf(event, 'status').toUpperCase();
}

function agentsOf(event: ICAL.Component): [agentId: string, agent: string][] {
  const attendees = event
    .getAllProperties('attendee')
    .map((property) => String(property.getFirstValue()))
    .filter((value) => /^mailto:.+@/i.test(value));
  if (attendees.length > 0) return attendees.map((value) => ['', value.slice('mailto:'.length)]);
  const summary = textOf(event, 'summary');
  const address = /[^\s<>()[\],;]+@[^\s<>()[\],;]+/.exec(summary)?.[0];
  if (address) return [['', address]];
  const bracketed = /\[([^\]]+)\]/.exec(summary)?.[1]?.trim();
  if (bracketed) return [['', bracketed]];
  return [[/^agent-(\d+)\b/i.exec(textOf(event, 'uid'))?.[1] ?? '', '']];
}

function timeOf(event: ICAL.Component, name: string, zone: string): Date | undefined {
  const property = event.getFirstProperty(name);
  const value = property?.getFirstValue();
  if (!property || !(value instanceof ICAL.Time)) return undefined;
  const date = [String(value.year).padStart(4, '0'), twoDigits(value.month), twoDigits(value.day)].join('-');
  const wall = { date, minute: value.hour * 60 + value.minute };
  const isUtc = value.zone === ICAL.Timezone.utcTimezone;
  return instantOfWall(wall, isUtc ? 'UTC' : zoneOf(String(property.getParameter('tzid') ?? ''), zone));
}

function twoDigits(part: number): string {
  return String(part).padStart(2, '0');
}

function endByDuration(event: ICAL.Component, start: Date | undefined): Date | undefined {
  const duration = event.getFirstPropertyValue('duration');
  if (!start || !(duration instanceof ICAL.Duration)) return undefined;
  return new Date(start.getTime() + duration.toSeconds() * 1000);
}

function zoneOf(name: string, otherwise: string): string {
  const known = WINDOWS_ZONES[name] ?? name;
  return known !== '' && IANAZone.isValidZone(known) ? known : otherwise;
}

function textOf(event: ICAL.Component, name: string): string {
  const value = event.getFirstPropertyValue(name);
  return typeof value === 'string' ? value.slice(0, LONGEST_TEXT) : '';
}
